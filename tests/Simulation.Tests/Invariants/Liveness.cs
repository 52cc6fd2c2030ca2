using NetBootFabric.Simulation.Tests.Clients;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests.Invariants;

/// <summary>Who is up, and whether those that are not have a reason.</summary>
internal static class Liveness
{
    /// <summary>All are up; or the pool is too small, and exactly the surplus waits: every address that may be given is used by a machine that is up.</summary>
    public static bool AllUpThatCan(World world)
    {
        var allUp = true;
        foreach (var machine in world.Machines)
        {
            if (machine.IsUp) continue;
            if (machine.HasFixedAddress) return false;
            allUp = false;
        }
        return allUp || PoolIsUsedUp(world);
    }

    /// <summary>
    /// Up, at an address that nothing is held against. Head nodes hear of a quarantine from each other, also of one that the database did not take and whose head node has
    /// left since: in a cluster no address that was disputed is firm.
    /// </summary>
    public static bool IsFirm(World world, Machine machine) => machine.IsUp && !IsQuarantined(world, machine.Address!.Value)
        && !(world.Plan.IsCluster && world.Disputed.Contains(machine.Address!.Value)) && (!machine.HasFixedAddress || machine.Address == world.Plan.FixedAddress(machine.Number));

    public static string Missing(World world) => string.Join(", ", world.Machines.Where(machine => !machine.IsUp).Select(machine => machine.Mac));

    private static bool PoolIsUsedUp(World world)
    {
        for (var i = 0; i < world.Plan.PoolSize; i++)
        {
            var address = world.Plan.PoolAddress(i);
            if (!IsQuarantined(world, address) && !world.Machines.Any(machine => machine.IsUp && machine.Holds(address))) return false;
        }
        return true;
    }

    private static bool IsQuarantined(World world, Ipv4Address address) => world.Heads.Any(head => head.Running?.IsQuarantined(address) ?? false);
}
