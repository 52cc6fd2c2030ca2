using NetBootFabric.AdminApi.Why;
using NetBootFabric.EndToEnd.Tests.Lab;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>A real kernel that panics.</summary>
public sealed class KernelPanics(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(300);

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

    private async Task<WhyView> WhyAsync(HeadNode head, string mac, string cause)
    {
        WhyView? last = null;
        var view = await Until.FoundAsync(
            async () => (last = await head.GetAsync(WhyRoutes.Of(mac), WhyJson.Default.WhyView))?.Cause == cause ? last : null, Limit, () => $"of {mac} it says {last}\n{head.Evidence}");
        output.WriteLine($"{view.Name}: {view.Sentence}\n  {string.Join("\n  ", view.Evidence)}");
        return view;
    }
}
