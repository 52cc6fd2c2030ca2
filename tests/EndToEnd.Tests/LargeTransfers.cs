using NetBootFabric.EndToEnd.Tests.Lab;
using NetBootFabric.EndToEnd.Tests.Lab.Heads;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>A transfer that lasts, and the head node that serves it killed in its middle.</summary>
[Collection(SeveralHeads.Name)]
public sealed class LargeTransfers(ITestOutputHelper output)
{
    // A kernel of 8 MB at 1 MB/s gives time to kill somebody.
    private const string TransferFilter = "udp and net 10.77.0.0/16";
    private const string Rate = "8mbit";
    private const long Begun = 1 << 20;
    private static readonly TimeSpan BeginLimit = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task A_TFTP_transfer_goes_on_with_the_next_block_when_its_server_is_killed()
    {
        using var room = await ClusterRoom.OpenAsync("heads-tftp-killed", 3, configuration => configuration with { Loader = "pxelinux", DeadAfter = "2s" }, TransferFilter);
        using var machine = await room.PowerOnAsync(Firmware.BiosPlain, 1, retries: false);
        await room.Clients.LimitAsync(machine.Tap, Rate);

        var victim = await ServerAsync(room);
        victim.Kill9();
        await machine.BootedAsync();

        var transfer = Assert.Single(await room.Capture.TftpAsync(ClusterRoom.MachineMac(1)), one => one.File.EndsWith("vmlinuz", StringComparison.Ordinal));
        output.WriteLine(transfer.Summary);
        Assert.Equal(1, transfer.Requests);
        Assert.Contains(victim.Mac, transfer.Servers);
        Assert.Equal(2, transfer.Servers.Count);
        Assert.True(transfer.IsInOrder, "a block is missing from what was acknowledged");
    }

    /// <summary>Which head node serves the machine, once it is in the middle of its kernel.</summary>
    private static async Task<ClusterHead> ServerAsync(ClusterRoom room)
    {
        var seen = await Until.FoundAsync(
            async () => (await room.Heads[0].Node.ClientAsync(ClusterRoom.MachineMac(1)))?.Current is { Phase: "Kernel", Server: { } address } && await KernelAsync(room) > Begun ? address : null,
            BeginLimit, () => $"the machine did not begin with its kernel\n{room.Evidence}");
        return room.Heads.Single(head => head.ServiceAddress == seen);
    }

    /// <summary>Octets of the kernel on the wire.</summary>
    private static async Task<long> KernelAsync(ClusterRoom room) =>
        (await room.Capture.TftpAsync(ClusterRoom.MachineMac(1))).Where(one => one.File.EndsWith("vmlinuz", StringComparison.Ordinal)).Sum(one => one.Blocks * TftpTransfer.PxelinuxBlock);
}
