namespace NetBootFabric.Simulation.Tests.Invariants;

/// <summary>When nothing goes on, nothing may be left over.</summary>
internal static class Settled
{
    /// <summary>The lane answers what it takes.</summary>
    public static void Check(World world, DateTimeOffset since)
    {
        // Surplus machines ask all the time: let what they asked last be answered.
        if (!world.Run(TimeSpan.FromSeconds(20), () => world.Node!.OpenSince(since) == 0))
            throw world.Failure($"{world.Node!.OpenSince(since)} inquiries have neither answer nor dismissal");
        if (!world.Run(TimeSpan.FromSeconds(20), () => world.Node!.Writing == 0 && world.Disk.Journal.Pending == 0)) throw world.Failure("writes wait for ever");
    }

    /// <summary>After a long silence: no actor, no timer, no hold, and a book that says what the disk says.</summary>
    public static void CheckEmpty(World world)
    {
        Check(world, DateTimeOffset.MinValue);
        if (world.Node!.ActorsInMemory() is > 0 and var actors) throw world.Failure($"{actors} actors are left in memory");
        world.Run(TimeSpan.FromMinutes(1));
        if (world.Time.NextDue is { } due && due < TimeSpan.FromHours(2)) throw world.Failure($"a timer is left: due in {due}");
        var rows = world.Disk.Rows;
        var book = world.Node.Book.Use(world.Room.Subnets[0], world.Now);
        var pool = Enumerable.Range(0, world.Plan.PoolSize).Select(world.Plan.PoolAddress).ToHashSet();
        var quarantined = rows.Quarantines.Where(rest => rest.Until > world.Now && pool.Contains(rest.Address)).Select(rest => rest.Address).ToHashSet();
        var leased = rows.Leases.Count(lease => lease.IsRunning(world.Now) && pool.Contains(lease.Address) && !quarantined.Contains(lease.Address));
        if ((book.Leased, book.Offered, book.Quarantined) != (leased, 0, quarantined.Count)) throw world.Failure($"the book says {book}, the disk {leased} leased, {quarantined.Count} quarantined");
        foreach (var lease in rows.Leases)
            if (lease.IsRunning(world.Now) && world.Node.Book.Find(lease.Client) != lease) throw world.Failure($"the book does not know {lease}");
    }
}
