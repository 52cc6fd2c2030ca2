using NetBootFabric.Simulation.Tests.Invariants;
using NetBootFabric.Simulation.Tests.Plants;

namespace NetBootFabric.Simulation.Tests;

/// <summary>
/// One seed: trouble; then calm, in which everybody must come up; then a crash, after which everybody boots again at its own address; then silence,
/// in which nothing may be left in memory.
/// </summary>
internal static class Scenario
{
    /// <summary>A quarantine of ten minutes, a lease of which half is over, a ROM's whole schedule: twice that.</summary>
    private static readonly TimeSpan CalmLimit = TimeSpan.FromMinutes(40);

    /// <summary>Self test, two exchanges, four downloads; nothing has to be sent twice. In a cluster a survivor may have to take over first.</summary>
    private static readonly TimeSpan BootLimit = TimeSpan.FromSeconds(60);

    /// <summary>Longer than the fabric waits for a system's report, and than an idle actor stays.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(30);

    /// <summary>A cluster's heart beats all the time, which costs: longer than an idle actor stays and a survivor needs.</summary>
    private static readonly TimeSpan ClusterSilence = TimeSpan.FromMinutes(5);

    /// <returns>The run's trace.</returns>
    /// <exception cref="SimulationFailure">An invariant was broken.</exception>
    public static Trace Run(int seed, bool isCluster, Plant? plant = null)
    {
        var world = new World(seed, isCluster, plant);
        world.Note($"plan {world.Plan}");
        world.Faults.Begin();
        world.Run(world.Plan.Trouble);
        world.Faults.End();
        ComeUp(world);
        BootAgain(world);
        FallSilent(world);
        return world.Trace;
    }

    private static void ComeUp(World world)
    {
        var since = world.Plan.IsCluster ? world.Now + World.Settling : world.Now;
        if (!world.Run(CalmLimit, () => Liveness.AllUpThatCan(world))) throw world.Failure($"not up in {CalmLimit}: {Liveness.Missing(world)}");
        world.Run(TimeSpan.FromSeconds(world.Plan.IsCluster ? 20 : 10));
        Settled.Check(world, since);
        if (world.Plan.IsCluster) Settled.CheckShards(world);
    }

    private static void BootAgain(World world)
    {
        var had = world.Machines.Where(machine => Liveness.IsFirm(world, machine)).ToDictionary(machine => machine, machine => machine.Address);
        var head = world.OneOf(world.Heads);
        head.Crash();
        head.Start();
        foreach (var machine in had.Keys) machine.PowerCycle();
        if (!world.Run(BootLimit, () => had.Keys.All(machine => machine.IsUp))) throw world.Failure($"not up {BootLimit.TotalSeconds} s after a restart: {Liveness.Missing(world)}");
        world.Run(TimeSpan.FromSeconds(1));
        foreach (var (machine, address) in had)
        {
            if (machine.Address != address) throw world.Failure($"{machine.Mac} had {address} and got {machine.Address} after the crash");
            Phases.Check(world, machine);
        }
    }

    private static void FallSilent(World world)
    {
        foreach (var machine in world.Machines) machine.SwitchOff();
        world.Run(world.Plan.IsCluster ? ClusterSilence : Silence);
        Settled.CheckEmpty(world);
    }
}
