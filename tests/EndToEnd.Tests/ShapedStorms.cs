using NetBootFabric.EndToEnd.Tests.Lab;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>More machines at once than the head node's uplink can carry: it is slower, and nobody fails.</summary>
public sealed class ShapedStorms(ITestOutputHelper output)
{
    private const int Clients = 200, LimitSeconds = 300, Queue = 32 << 10;

    // Kernel and initrd 160 000 for four of the five firmwares, and their loaders: 40 000 undionly, 50 000 PXELINUX, 150 000 shim and GRUB. Images made for each client are checked by their lengths.
    private const long Compared = Clients / 5 * (4 * 160_000 + 40_000 + 50_000 + 150_000);

    [Fact]
    public async Task Two_hundred_machines_of_five_firmwares_boot_over_a_hundred_megabits()
    {
        using var room = new ShapedRoom("shaped-storm", Clients);
        await room.OpenAsync("100mbit", Queue);
        using var storm = room.Begin(Clients, LimitSeconds);
        var report = await storm.ReportAsync();
        output.WriteLine(report.Summary);
        Assert.True(report.Booted == Clients, $"{report.Summary}\n{report.FailureText}\n{room.Evidence}");
        Assert.Equal(Clients, report.Counters["reports"]);
        Assert.True(report.Counters["verifiedBytes"] >= Compared, "files were not compared");
        Assert.Empty(report.DuplicateAddresses);
    }
}
