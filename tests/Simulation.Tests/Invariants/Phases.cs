using NetBootFabric.Boot.Clients;
using NetBootFabric.Simulation.Tests.Clients;

namespace NetBootFabric.Simulation.Tests.Invariants;

/// <summary>What the fabric recorded of a machine's last boot, beside what the machine did.</summary>
internal static class Phases
{
    public static void Check(World world, Machine machine)
    {
        if (world.NodeOf(machine)?.StateOf(machine)?.Current is not { } boot) throw world.Failure($"nothing is known of {machine.Mac}");
        if (boot.Address != machine.Address) throw world.Failure($"{machine.Mac} is shown at {boot.Address} and is at {machine.Address}");
        // Each phase is dated by the head node that saw it.
        if (boot.Phases.Zip(boot.Phases.Skip(1)).Any(pair => pair.Second.At < pair.First.At - 2 * world.Plan.Skew)) throw world.Failure($"{machine.Mac}: times run backwards");
        if (!machine.BootsFromNetwork)
        {
            if (boot.Phase != BootPhase.Bound) throw world.Failure($"{machine.Mac} has its address and is shown as {boot.Phase}");
            return;
        }
        BootPhase[] expected = [BootPhase.Discovering, BootPhase.Offered, BootPhase.Bound, .. machine.Deeds];
        var recorded = boot.Phases.Select(entry => entry.Phase).ToArray();
        if (!recorded.SequenceEqual(expected)) throw world.Failure($"{machine.Mac} did {string.Join(' ', expected)}, recorded is {string.Join(' ', recorded)}");
        if (boot.Exchanges != machine.Exchanges) throw world.Failure($"{machine.Mac} had {machine.Exchanges} exchanges, recorded are {boot.Exchanges}");
    }
}
