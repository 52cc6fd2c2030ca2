using NetBootFabric.Boot.Membership;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Tests.Cluster;

/// <summary>Nodes that do the same thing at the same time, each through its own connection.</summary>
public abstract class ClusterRaceTests(TestCluster cluster) : IDisposable
{
    private const int Rounds = 40;

    public void Dispose()
    {
        cluster.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Of_many_that_take_the_same_shards_each_shard_goes_to_one()
    {
        var nodes = await Nodes(4);
        var shards = Enumerable.Range(0, 16).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var taken = await AtOnce(nodes, node => node.Store.Take(node.Name, node.Incarnation, shards));
            Assert.Equal(shards, taken.SelectMany(rows => rows).Select(row => row.Shard).Order());
            for (var i = 0; i < nodes.Length; i++)
            {
                await nodes[i].Store.Leave(nodes[i].Name, nodes[i].Incarnation);
                nodes[i] = nodes[i] with { Incarnation = await nodes[i].Store.Join(nodes[i].Name) };
            }
        }
        await CheckEpochs(nodes[0]);
    }

    /// <summary>Each shard goes round; whoever is named in the table holds the highest epoch that was ever told.</summary>
    [Fact]
    public async Task While_shards_are_handed_round_nobody_is_told_an_epoch_that_another_was()
    {
        var nodes = await Nodes(3);
        await nodes[0].Store.Take(nodes[0].Name, nodes[0].Incarnation, [.. Enumerable.Range(0, 12)]);
        var told = new System.Collections.Concurrent.ConcurrentBag<ShardRow>();
        await AtOnce(nodes, async node =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                var view = await node.Store.Beat(node.Name, node.Incarnation);
                var heir = nodes[(Array.IndexOf(nodes, node) + 1) % nodes.Length];
                foreach (var row in await node.Store.HandOver(node.Name, node.Incarnation, heir.Name, [.. view.Shards.Where(row => row.Owner == node.Name)])) told.Add(row);
            }
            return 0;
        });
        Assert.NotEmpty(told);
        Assert.All(told.GroupBy(row => (row.Shard, row.Epoch)), same => Assert.Single(same));
        var now = (await nodes[0].Store.Beat(nodes[0].Name, nodes[0].Incarnation)).Shards;
        Assert.All(now.Where(row => told.Any(other => other.Shard == row.Shard)), row => Assert.Equal(told.Where(other => other.Shard == row.Shard).Max(other => other.Epoch), row.Epoch));
    }

    [Fact]
    public async Task Of_many_that_fence_one_incarnation_one_is_told_that_it_did()
    {
        var nodes = await Nodes(3);
        var own = cluster.Connect();
        for (var round = 0; round < Rounds; round++)
        {
            var victim = await own.Join("victim");
            var fenced = await AtOnce(nodes, node => node.Store.Fence("victim", victim, 0));
            Assert.Single(fenced, true);
            Assert.False((await own.Beat("victim", victim)).IsAccepted);
        }
    }

    /// <summary>Either the beat came first, and nothing was done, or the fence did, and the beat hears of it.</summary>
    [Fact]
    public async Task A_beat_and_a_fence_at_once_agree_on_who_was_first()
    {
        var nodes = await Nodes(2);
        var outcomes = new HashSet<bool>();
        var victim = await nodes[0].Store.Join("victim");
        var beat = 0L;
        for (var round = 0; round < 10 * Rounds; round++)
        {
            var beating = nodes[0].Store.Beat("victim", victim);
            var fencing = nodes[1].Store.Fence("victim", victim, beat);
            var (view, fenced) = (await beating, await fencing);
            outcomes.Add(fenced);
            Assert.NotEqual(view.IsAccepted, fenced);
            if (fenced) victim = await nodes[0].Store.Join("victim");
            beat = (await nodes[0].Store.Beat("nobody", 1)).Member("victim").Beat;
        }
        Assert.NotEmpty(outcomes);
    }

    /// <summary>What a fenced incarnation is told it has, it has; it is told of nothing after the fence is complete.</summary>
    [Fact]
    public async Task A_fence_and_a_take_at_once_leave_no_shard_to_the_fenced_that_it_was_not_told_of()
    {
        var nodes = await Nodes(2);
        for (var round = 0; round < Rounds; round++)
        {
            var victim = await nodes[0].Store.Join("victim");
            var taking = nodes[0].Store.Take("victim", victim, 1, 2, 3);
            Assert.True(await nodes[1].Store.Fence("victim", victim, 0));
            var rows = (await nodes[1].Store.Take(nodes[1].Name, nodes[1].Incarnation, 1, 2, 3)).Concat(await ToldOf(taking)).ToArray();
            Assert.All((await nodes[1].Store.Beat("nobody", 1)).Shards, row => Assert.Equal(nodes[1].Name, row.Owner));
            Assert.All(rows.GroupBy(row => (row.Shard, row.Epoch)), same => Assert.Single(same));
            await nodes[1].Store.HandOver(nodes[1].Name, nodes[1].Incarnation, "nobody", [.. (await nodes[1].Store.Beat("nobody", 1)).Shards]);
        }
    }

    /// <summary>A fence may end the call in the middle.</summary>
    private static async Task<IReadOnlyList<ShardRow>> ToldOf(Task<IReadOnlyList<ShardRow>> taking)
    {
        try
        {
            return await taking;
        }
        catch (StoreUnavailableException)
        {
            return [];
        }
    }

    private async Task<Node[]> Nodes(int count)
    {
        var nodes = new Node[count];
        for (var i = 0; i < count; i++)
        {
            var store = cluster.Connect();
            nodes[i] = new Node($"head{i}", store, await store.Join($"head{i}"));
        }
        return nodes;
    }

    private static async Task CheckEpochs(Node node)
    {
        var view = await node.Store.Beat(node.Name, node.Incarnation);
        Assert.All(view.Shards, row => Assert.True(row.Epoch >= 2 * Rounds)); // taken and left, each round
    }

    private static async Task<T[]> AtOnce<T>(Node[] nodes, Func<Node, Task<T>> act)
    {
        using var start = new Barrier(nodes.Length);
        return await Task.WhenAll(nodes.Select(node => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            return act(node);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }

    private sealed record Node(string Name, IClusterStore Store, long Incarnation);
}
