namespace NetBootFabric.Actors.Tests.Clusters;

/// <summary>Everything goes wrong, drawn from a seed; what must hold is checked by the world at every instant.</summary>
public sealed class NemesisTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Whatever_happens_a_shard_has_one_owner_and_every_retrying_sender_is_answered(int seed)
    {
        using var world = new ClusterWorld(seed);
        var random = new Random(seed);
        world.StartAll(Names);
        var senders = new List<RetryingSender>();
        for (var i = 0; i < 30; i++)
        {
            Strike(world, random);
            for (var j = 0; j < 5; j++) senders.Add(new RetryingSender(world, $"{random.Next(100)}", $"{i}.{j}"));
            foreach (var sender in senders[^5..]) sender.Start();
            world.Advance(random.NextDouble() * 2);
        }
        Heal(world);
        world.Settle(60);
        Assert.True(world.RunUntil(() => senders.All(static sender => sender.Answer is not null), 10), string.Join(", ", senders.Where(static sender => sender.Answer is null)));
        Assert.Equal(world.Handled.Count, world.Handled.Distinct().Count());
        Assert.Equal(world.Handled.Count, world.Handled.Select(static handled => handled.Message).Distinct().Count());
    }

    private static void Strike(ClusterWorld world, Random random)
    {
        var node = world[Names[random.Next(Names.Length)]];
        var running = world.Nodes.Count(static other => !other.IsPaused && other.Cluster.StoreContact != Actors.Cluster.StoreContact.Left);
        switch (random.Next(12))
        {
            case 0 when running > 2: node.Kill(); break;
            case 1 when running > 2: node.Pause(); break;
            case 2 when running > 2: _ = node.Cluster.LeaveAsync(); break;
            case 3: node.Store.IsCut = true; break;
            case 4: node.Store.IsSilent = true; break;
            case 5: world.Network.Cut(node.Name, Names[(random.Next(1, Names.Length) + Array.IndexOf(Names, node.Name)) % Names.Length]); break;
            case 6: world.Network.Isolate(node.Name); break;
            case 7: world.Store.IsDown = true; break;
            case 8: world.Store.IsDown = false; break;
            case 9: world.Network.MendAll(); break;
            default: Heal(world); break;
        }
        if (node.IsPaused && random.Next(2) == 0) node.Resume();
    }

    private static void Heal(ClusterWorld world)
    {
        world.Store.IsDown = false;
        world.Network.MendAll();
        foreach (var name in Names)
        {
            var node = world[name];
            node.Resume();
            node.Store.IsCut = false;
            node.Store.Answer();
            if (node.IsDead || node.Cluster.StoreContact == Actors.Cluster.StoreContact.Left) world.Start(name);
        }
    }
}
