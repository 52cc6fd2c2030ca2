using NetBootFabric.EndToEnd.Tests.Lab.Heads;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>Head nodes that come and go as planned, in the middle of a storm.</summary>
[Collection(SeveralHeads.Name)]
public sealed class ChangingHeadNodes(ITestOutputHelper output)
{
    private const int RampSeconds = 20;

    [Fact]
    public async Task A_cluster_grows_from_one_to_five_and_only_what_the_new_ones_take_moves()
    {
        using var crowded = await CrowdedRoom.OpenAsync("heads-growing", 1, output);
        await crowded.BeginAsync(RampSeconds);
        foreach (var (share, heads) in ((double, int)[])[(0.2, 3), (0.5, 5)])
        {
            await crowded.LeasedAsync(share);
            var before = await OwnersAsync(crowded);
            var old = crowded.Room.Heads.Select(head => head.Name).ToHashSet();
            await crowded.Room.GrowAsync(heads);
            var after = await OwnersAsync(crowded);
            var moved = after.Where(shard => before[shard.Key] != shard.Value).ToList();
            crowded.Say($"{heads} head nodes: {ClusterRoom.Text(await crowded.Room.SpreadAsync())}; {moved.Count} shards moved");
            Assert.DoesNotContain(moved, shard => old.Contains(shard.Value));
        }

        await crowded.EveryClientBootedAsync();
    }

    [Fact]
    public async Task Each_node_is_replaced_in_turn_and_nothing_is_lost()
    {
        using var crowded = await CrowdedRoom.OpenAsync("heads-upgraded", 3, output);
        await crowded.BeginAsync(RampSeconds);
        await crowded.LeasedAsync(0.1);
        foreach (var head in crowded.Room.Heads)
        {
            Assert.Equal(0, await head.Node.StopAsync());
            await crowded.Room.SettledAsync([.. crowded.Room.Heads.Where(other => other != head)]);
            await head.Node.StartAsync();
            await crowded.Room.SettledAsync(crowded.Room.Heads);
        }

        await crowded.EveryClientBootedAsync();
    }

    private static async Task<IReadOnlyDictionary<string, string>> OwnersAsync(CrowdedRoom crowded) =>
        (await crowded.Room.Database.QueryAsync("SELECT id, owner FROM netboot_fabric.shard")).ToDictionary(row => row[0], row => row[1]);
}
