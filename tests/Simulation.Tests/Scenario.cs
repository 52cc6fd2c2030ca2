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

    /// <summary>Self test, two exchanges, four downloads; nothing has to be sent twice.</summary>
    private static readonly TimeSpan BootLimit = TimeSpan.FromSeconds(60);

    /// <summary>Longer than the fabric waits for a system's report, and than an idle actor stays.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(30);

    /// <returns>The run's trace.</returns>
    /// <exception cref="SimulationFailure">An invariant was broken.</exception>
    public static Trace Run(int seed, Plant? plant = null)
    {
        var world = new World(seed, plant);
        world.Note($"plan {world.Plan}");
        var faults = new Faults(world);
        faults.Begin();
        world.Run(world.Plan.Trouble);
        faults.End();
        ComeUp(world);
        BootAgain(world);
        FallSilent(world);
        return world.Trace;
    }

    private static void ComeUp(World world)
    {
        world.Note("calm");
        var since = world.Now;
        if (!world.Run(CalmLimit, () => Liveness.AllUpThatCan(world))) throw world.Failure($"not up in {CalmLimit}: {Liveness.Missing(world)}");
        world.Run(TimeSpan.FromSeconds(10));
        Settled.Check(world, since);
    }

    private static void BootAgain(World world)
    {
        var had = world.Machines.Where(machine => Liveness.IsFirm(world, machine)).ToDictionary(machine => machine, machine => machine.Address);
        world.Crash();
        world.Restart();
        foreach (var machine in had.Keys) machine.PowerCycle();
        var boots = had.Keys.ToDictionary(machine => machine, machine => world.Node!.StateOf(machine)?.Current?.Number);
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
        world.Run(Silence);
        Settled.CheckEmpty(world);
    }
}
