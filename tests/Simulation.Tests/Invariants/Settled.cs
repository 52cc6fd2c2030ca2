using NetBootFabric.Simulation.Tests.Nodes;

namespace NetBootFabric.Simulation.Tests.Invariants;

/// <summary>When nothing goes on, nothing may be left over.</summary>
internal static class Settled
{
    /// <summary>The lanes answer what they take.</summary>
    public static void Check(World world, DateTimeOffset since)
    {
        // Surplus machines ask all the time: let what they asked last be answered.
        if (!world.Run(TimeSpan.FromSeconds(20), () => Nodes(world).Sum(node => node.OpenSince(since)) == 0))
            throw world.Failure($"{Nodes(world).Sum(node => node.OpenSince(since))} inquiries have neither answer nor dismissal");
        if (!world.Run(TimeSpan.FromSeconds(20), () => Nodes(world).All(node => node.Writing == 0))) throw world.Failure("writes wait for ever");
    }

    /// <summary>After a long silence: no actor, no timer, no hold, and a book that says what is stored.</summary>
    public static void CheckEmpty(World world)
    {
        // A link that broke took with it what it carried from one head node to another.
        Check(world, world.Plan.IsCluster ? world.Now : DateTimeOffset.MinValue);
        var left = Nodes(world).SelectMany(node => node.IdleInMemory()).ToList();
        if (left.Count > 0) throw world.Failure($"left in memory: {string.Join(", ", left)}");
        CheckLeases(world);
        if (world.Plan.IsCluster) return;
        world.Run(TimeSpan.FromMinutes(1));
        if (world.Time.NextDue is { } due && due < TimeSpan.FromHours(2)) throw world.Failure($"a timer is left: due in {due}");
        CheckPool(world, world.Heads[0].Running!);
    }

    /// <summary>Each shard is owned by a head node that lives, and that one, and no other, knows it.</summary>
    public static void CheckShards(World world)
    {
        foreach (var row in world.Database.Members.Shards)
        {
            var owners = world.Heads.Where(head => head.Running?.EpochOf(row.Shard) == row.Epoch).Select(head => head.Name).ToList();
            var others = world.Heads.Where(head => head.Running?.EpochOf(row.Shard) >= 0).Select(head => head.Name).Except(owners).ToList();
            if (owners is [var owner] && owner == row.Owner && others.Count == 0) continue;
            throw world.Failure($"shard {row.Shard} is stored as {row.Owner}'s under epoch {row.Epoch}; so think {string.Join(", ", owners)}; otherwise think {string.Join(", ", others)}");
        }
    }

    private static void CheckLeases(World world)
    {
        foreach (var lease in world.Database.Rows.Leases)
            if (lease.IsRunning(world.Now) && world.NodeOf(world.MachineOf(lease.Client))?.Book.Find(lease.Client, lease.Address) != lease) throw world.Failure($"the book does not know {lease}");
    }

    private static void CheckPool(World world, HeadNode node)
    {
        var rows = world.Database.Rows;
        var book = node.Book.Use(world.Room.Subnets[0], world.Now);
        var pool = Enumerable.Range(0, world.Plan.PoolSize).Select(world.Plan.PoolAddress).ToHashSet();
        var quarantined = rows.Quarantines.Where(rest => rest.Until > world.Now && pool.Contains(rest.Address)).Select(rest => rest.Address).ToHashSet();
        var leased = rows.Leases.Count(lease => lease.IsRunning(world.Now) && pool.Contains(lease.Address) && !quarantined.Contains(lease.Address));
        if ((book.Leased, book.Offered, book.Quarantined) != (leased, 0, quarantined.Count)) throw world.Failure($"the book says {book}, stored are {leased} leased, {quarantined.Count} quarantined");
    }

    private static IEnumerable<HeadNode> Nodes(World world) => world.Heads.Select(head => head.Running).OfType<HeadNode>();
}
