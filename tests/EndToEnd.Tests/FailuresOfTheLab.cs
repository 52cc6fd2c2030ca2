using NetBootFabric.AdminApi.Why;
using NetBootFabric.EndToEnd.Tests.Lab;
using NetBootFabric.EndToEnd.Tests.Lab.Troubles;
using NetBootFabric.Testing;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>Causes that take a room of their own: a real kernel that panics, and a store that is gone.</summary>
public sealed class FailuresOfTheLab(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(200);

    [Fact]
    public async Task A_kernel_that_panics_before_its_report_is_told_from_a_boot_that_was_reset()
    {
        using var room = await Room.OpenAsync("panic", new RoomConfiguration { CommandLine = "rdinit=/nothing root=/dev/nothing" });
        using var machine = await VirtualMachine.PowerOnAsync(room.Bridge, Firmware.BiosIpxe, Room.FirstMac, room.Folder, retries: true);
        var view = await WhyAsync(room.Head, Room.FirstMac, "DiedBeforeReport");

        Assert.Equal("Kernel", view.Step);
        Assert.Contains("after initrd.img was loaded, before its system reported: a kernel panic", view.Sentence, StringComparison.Ordinal);
        Assert.Contains("Kernel panic", machine.Console, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_that_can_t_be_written_is_no_fault_of_the_machine()
    {
        var folder = Repository.Results("no-store");
        using var server = new NetworkNamespace();
        using var machines = new NetworkNamespace();
        using var bridge = new Bridge();
        await bridge.PlugAsync(server, "eth1", TroubledRoom.ServerMac, $"{Room.ServerAddress}/16");
        await bridge.PlugAsync(machines, "eth0", "52:54:00:77:00:07");
        machines.AwaitLink("eth0");
        Directory.CreateDirectory(Path.Combine(folder, "store"));
        using var head = new HeadNode(server, folder, $$"""
            store: sqlite:{{folder}}/store/fabric.db
            interfaces: [eth1]
            files: {{folder}}
            subnets: [{ network: 10.77.0.0/16, range: 10.77.1.0-10.77.250.254 }]
            profiles: { default: { kernel: vmlinuz } }
            """);
        await head.StartAsync();
        Directory.Delete(Path.Combine(folder, "store"), recursive: true);
        using var machine = new ScriptedMachine(machines, "eth0", "52:54:00:77:00:07");
        machine.Discover();
        machine.Request(machine.Offer(ScriptedMachine.Server), ScriptedMachine.Server);
        var view = await WhyAsync(head, machine.Mac.ToString(), "StoreUnavailable");

        Assert.Equal("Dhcp", view.Step);
        Assert.StartsWith("no ACK: leases can't be written; its lease could not be written at ", view.Sentence, StringComparison.Ordinal);
    }

    private async Task<WhyView> WhyAsync(HeadNode head, string mac, string cause)
    {
        WhyView? last = null;
        var view = await Until.FoundAsync(
            async () => (last = await head.GetAsync(WhyRoutes.Of(mac), WhyJson.Default.WhyView))?.Cause == cause ? last : null, Limit, () => $"of {mac} it says {last}\n{head.Evidence}");
        output.WriteLine($"{view.Name}: {view.Sentence}\n  {string.Join("\n  ", view.Evidence)}");
        return view;
    }
}
