using System.Diagnostics;
using System.Globalization;
using System.Text;
using NetBootFabric.Boot.Rooms;
using Xunit.Abstractions;

namespace NetBootFabric.Node.Tests.Catalog;

/// <summary>Ten thousand nodes in a store on disk; the times are printed, the limits are those that nobody waits for gladly.</summary>
public sealed class LargeRoomTests(ITestOutputHelper output)
{
    private const int Count = 10_000;

    [Fact]
    public async Task Ten_thousand_nodes_are_changed_by_one_command_and_one_of_them_at_once()
    {
        using var live = await LiveCatalog.StartAsync("""
            interfaces: [eth1]
            subnets: [{ network: 10.77.0.0/16 }]
            profiles: { default: { kernel: vmlinuz, cmdline: "rack=${rack}" }, rescue: { kernel: r } }
            groups: { room: { vars: { rack: r0 } } }
            """);
        var nodes = new StringBuilder("nodes:\n");
        for (var i = 0; i < Count; i++)
            nodes.Append(CultureInfo.InvariantCulture, $"  - {{ mac: \"52:54:00:77:{i >> 8:x2}:{i & 255:x2}\", name: n{i:00000}, ip: 10.77.{1 + i / 250}.{1 + i % 250}, group: room, vars: {{ slot: \"{i}\" }} }}\n");

        await TimeAsync("apply a file of 10 000 new nodes", TimeSpan.FromSeconds(60), async () => Assert.Equal(Count, (await live.ApplyAsync(nodes.ToString())).Done!.Changed));
        await TimeAsync("change 10 000 nodes", TimeSpan.FromSeconds(60), async () => Assert.Equal(3, (await live.SetAsync("n[00000-09999]", """{ "intent": "hold", "vars": { "rack": "r1" } }""")).Done!.Revision));
        Assert.All(live.Keeper.Room.Nodes.Values, node => Assert.Equal((BootIntent.Hold, "r1"), (node.Intent, node.Variables["rack"])));

        for (var i = 0; i < 12; i++)
            await TimeAsync("change one of them", TimeSpan.FromSeconds(30), async () => Assert.NotNull((await live.SetAsync("n00077", $"{{ \"profile\": \"{(i % 2 == 0 ? "rescue" : "default")}\" }}")).Done));
        using var another = live.Another();
        await TimeAsync("read all of them at a start", TimeSpan.FromSeconds(60), () => another.LoadAsync(default));
        Assert.Equal(Count, another.Room.Nodes.Count);
    }

    private async Task TimeAsync(string what, TimeSpan limit, Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        var took = Stopwatch.GetElapsedTime(began);
        output.WriteLine($"{what}: {took.TotalMilliseconds:0} ms");
        Assert.True(took < limit, $"{what} took {took}");
    }
}
