namespace NetBootFabric.Simulation.Tests;

/// <summary>An invariant was broken.</summary>
internal sealed class SimulationFailure(World world, string what) : Exception(
    $"seed {world.Seed}: {what}\nReplay it with {Seeds.ReplayVariable(world.Plan.IsCluster)}={world.Seed}. What came before:\n{world.Trace.Tail(80)}")
{
    public string What => what;
    public int Seed => world.Seed;
    public Trace Trace => world.Trace;
}
