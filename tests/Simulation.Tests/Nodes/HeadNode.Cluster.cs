namespace NetBootFabric.Simulation.Tests.Nodes;

/// <summary>Its place among the others.</summary>
internal sealed partial class HeadNode
{
    public Writer Writer(long epoch) => new(_head.Name, 0, epoch);

    /// <summary>As at SIGTERM.</summary>
    public void Leave() => _head.Left(this);
}
