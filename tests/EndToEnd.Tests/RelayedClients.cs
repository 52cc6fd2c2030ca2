using NetBootFabric.EndToEnd.Tests.Lab;
using Xunit.Abstractions;

namespace NetBootFabric.EndToEnd.Tests;

/// <summary>Machines in another room than the head node's, behind a relay.</summary>
public sealed class RelayedClients(ITestOutputHelper output)
{
    private const string Mac = "52:54:00:88:00:01";

    private const string FarSubnet = """
          - network: 10.88.0.0/16
            range: 10.88.1.0-10.88.1.254
            router: 10.88.0.1
        """;

    [Fact]
    public async Task A_machine_behind_a_relay_boots_with_an_address_of_its_own_subnet()
    {
        using var room = await Room.OpenAsync("relayed", new RoomConfiguration { MoreSubnets = FarSubnet });
        using var relay = await Relay.StartAsync(room);
        using var far = await Capture.StartAsync(relay.Far, room.Folder, "far");

        var seen = await room.BootAsync(Firmware.BiosIpxe, Mac, relay.Far, far);
        output.WriteLine(seen.Summary("relayed"));

        Assert.StartsWith("10.88.1.", seen.Boot.Address, StringComparison.Ordinal);
        Assert.Contains($"NETBOOT-FABRIC-UP address={seen.Boot.Address} ", seen.Console, StringComparison.Ordinal);
        Assert.Equal(1, DhcpPacket.Exchanges(seen.Wire));
        Assert.Equal(1, seen.Boot.Exchanges);
        Assert.NotNull(seen.Client.RelayInformation);
        Assert.Empty(seen.Complaints);
    }
}
