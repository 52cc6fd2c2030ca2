using System.Diagnostics;
using NetBootFabric.EndToEnd.Tests.Lab;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>A machine that the operator steers with pbm while it boots.</summary>
public sealed class SteeredBoots(ITestOutputHelper output)
{
    private const string Marker = "netboot.which=rescue";

    [Fact]
    public async Task A_held_machine_waits_in_its_script_boots_once_released_and_boots_another_profile_once()
    {
        using var room = await Room.OpenAsync("steered", new RoomConfiguration
        {
            Nodes = $"  - {{ mac: \"{Room.FirstMac}\", name: n001, ip: {Room.FirstAddress}, intent: hold }}",
            MoreProfiles = $"  rescue: {{ kernel: vmlinuz, initrd: [initrd.img], cmdline: \"console=ttyS0 panic=-1 no_timer_check {Marker}\" }}",
        });
        await ReleaseAsync(room);

        await room.Head.PbmAsync("boot", "n001", "--once", "rescue");
        Assert.Contains(Marker, await BootAsync(room), StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, await BootAsync(room), StringComparison.Ordinal);
        Assert.Empty(await room.Capture.ComplaintsAsync(Room.ServerAddress));
    }

    private async Task ReleaseAsync(Room room)
    {
        using var machine = await VirtualMachine.PowerOnAsync(room.Bridge, Firmware.BiosIpxe, Room.FirstMac, room.Folder);
        var held = await room.Head.ClientInAsync(Room.FirstMac, "Held");
        // Heard again seconds later: it waits in its script, and looks.
        await Until.FoundAsync(async () => await room.Head.ClientAsync(Room.FirstMac) is { Summary: { Phase: "Held" } now } && now.LastHeard > held.Summary.LastHeard?.AddSeconds(4) ? now : null,
            TimeSpan.FromSeconds(60), () => $"the machine does not look again\n{machine.Evidence}{room.Head.Evidence}");
        var since = Stopwatch.StartNew();
        await room.Head.PbmAsync("node", "set", "n001", "intent=always");
        output.WriteLine($"released by pbm in {since.ElapsedMilliseconds} ms");
        await machine.BootedAsync();

        var boot = (await room.Head.ClientInAsync(Room.FirstMac, "Booted")).Current!;
        Assert.Equal(1, boot.Number);
        Assert.Equal(["Discovering", "Offered", "Bound", "Resolved", "Script", "Kernel", "Initrd", "Booted"], boot.Phases.Select(phase => phase.Phase));
    }

    private static async Task<string> BootAsync(Room room) => (await room.BootAsync(Firmware.BiosIpxe)).Console;
}
