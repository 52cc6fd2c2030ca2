using System.Globalization;
using NetBootFabric.EndToEnd.Tests.Lab.Heads;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>How long clients go without service when one of three head nodes is gone, with the times that are the default. Printed, not judged.</summary>
[Collection(SeveralHeads.Name)]
public sealed class TakeOvers(ITestOutputHelper output)
{
    private const int ProbedShards = 64;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_dead_head_node_costs_little_time_and_one_that_leaves_or_returns_less()
    {
        using var room = await ClusterRoom.OpenAsync("heads-take-over", 3, configuration => configuration with { DeadAfter = "1s" });
        var prober = await room.ProbeAsync(ProbedShards, Interval);
        await prober.AnsweredAsync(TimeSpan.Zero, Limit);
        await MeasureAsync(room, prober, "calm", () => prober.AnsweredAsync(prober.Now + TimeSpan.FromSeconds(3), Limit));
        await MeasureAsync(room, prober, "killed", () =>
        {
            room.Heads[1].Kill9();
            return room.SettledAsync([room.Heads[0], room.Heads[2]]);
        });
        await MeasureAsync(room, prober, "returned", async () =>
        {
            await room.Heads[1].Node.StartAsync();
            await room.SettledAsync(room.Heads);
        });
        await MeasureAsync(room, prober, "stopped", async () =>
        {
            await room.Heads[2].Node.StopAsync();
            await room.SettledAsync([room.Heads[0], room.Heads[1]]);
        });
    }

    private async Task MeasureAsync(ClusterRoom room, Prober prober, string what, Func<Task> change)
    {
        var (start, clock) = (prober.Now, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0);
        await change();
        await prober.AnsweredAsync(prober.Now, Limit);
        output.WriteLine($"{what}: {prober.Since(start).Summary}");
        foreach (var head in room.Heads)
        {
            var said = (await room.Capture.AnnouncedAsync(head.ServiceAddress)).Where(one => one.At > clock).DistinctBy(one => one.Mac);
            foreach (var (at, mac) in said)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {head.ServiceAddress} said to be at {mac} after {at - clock:0.00} s"));
        }
    }
}
