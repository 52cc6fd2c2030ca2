namespace NetBootFabric.Simulation.Tests.Plants;

/// <summary>A database that asks nobody for an epoch.</summary>
internal sealed class NoFences : Plant
{
    public override bool SkipsFences => true;
}
