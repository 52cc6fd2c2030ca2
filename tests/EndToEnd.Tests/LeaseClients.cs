using NetBootFabric.EndToEnd.Tests.Lab;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>Operating systems' DHCP clients through a lease's whole life.</summary>
public sealed class LeaseClients
{
    private const string Mac = "52:54:00:77:00:02";

    [Fact]
    public async Task Udhcpc_leases_renews_asks_for_the_same_again_and_releases()
    {
        using var room = await Room.OpenAsync("udhcpc", new RoomConfiguration());
        using var client = await LeaseClient.PlugAsync(room.Bridge, Mac, room.Folder);

        client.StartUdhcpc();
        var address = await client.EventAsync("bound");
        Assert.Equal(address, (await room.Head.ClientAsync(Mac))?.Lease?.Address);

        client.Signal(LeaseClient.RenewSignal);
        Assert.Equal(address, await client.EventAsync("renew", "bound"));

        client.StartUdhcpc("-r", address);
        Assert.Equal(address, await client.EventAsync("bound"));

        client.Signal(LeaseClient.ReleaseSignal);
        await ReleasedAsync(room);
        Assert.Empty(await room.Capture.ComplaintsAsync(Room.ServerAddress));
    }

    [Fact]
    public async Task Dhclient_leases_renews_begins_with_the_lease_it_remembers_and_releases()
    {
        using var room = await Room.OpenAsync("dhclient", new RoomConfiguration());
        using var client = await LeaseClient.PlugAsync(room.Bridge, Mac, room.Folder);

        client.StartDhclient();
        var address = await client.EventAsync("BOUND");
        Assert.Equal(address, await client.EventAsync("RENEW"));

        client.Stop();
        client.StartDhclient();
        Assert.Equal(address, await client.EventAsync("REBOOT"));

        await client.ReleaseDhclientAsync();
        await ReleasedAsync(room);

        // The first exchange alone began with a DISCOVER: neither the renewal nor INIT-REBOOT needs one.
        var wire = await room.Capture.DhcpAsync(Mac);
        Assert.Single(wire.Where(packet => packet.Type == DhcpPacket.Discover).Select(packet => packet.TransactionId).Distinct());
        Assert.DoesNotContain(wire, packet => packet.Type == DhcpPacket.Nak);
        Assert.Empty(await room.Capture.ComplaintsAsync(Room.ServerAddress));
    }

    /// <summary>The RELEASE is on the wire, and the fabric has ended the lease.</summary>
    private static async Task ReleasedAsync(Room room)
    {
        await Until.TrueAsync(() => room.Capture.DhcpAsync(Mac).Result.Any(packet => packet.Type == DhcpPacket.Release), TimeSpan.FromSeconds(20), () => "no RELEASE");
        await Until.FoundAsync(
            async () => (await room.Head.ClientAsync(Mac))?.Lease is { Running: true } ? null : "released", TimeSpan.FromSeconds(20), () => $"the lease still runs\n{room.Head.Evidence}");
    }
}
