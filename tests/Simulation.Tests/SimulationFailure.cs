namespace NetBootFabric.Simulation.Tests;

/// <summary>An invariant was broken.</summary>
internal sealed class SimulationFailure(int seed, string what, Trace trace) : Exception(
    $"seed {seed}: {what}\nReplay it with NETBOOT_SIM_SEED={seed}. What came before:\n{trace.Tail(80)}")
{
    public string What => what;
    public int Seed => seed;
    public Trace Trace => trace;
}
