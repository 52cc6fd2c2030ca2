using System.Collections.Frozen;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Tests.Dhcp;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Tests.Field;

/// <summary>F38: a room that has grown, BMCs in a second private net on the same switch: two subnets on one wire.</summary>
public sealed class SharedWireTests
{
    private static readonly MacAddress N63 = MacAddress.Parse("52:54:00:00:00:63");
    private static readonly Ipv4Address Its = DhcpRoom.Ip("10.77.8.63"), First = DhcpRoom.Ip("10.77.0.1"), Second = DhcpRoom.Ip("10.77.8.1");

    [Fact]
    public void An_interface_with_an_address_in_each_serves_a_fixed_address_in_the_second_as_its_server_there()
    {
        var room = Wire(shared: null);
        var server = SharedWire.ServerFor(room.Room, N63, First, [First, Second]);
        Assert.Equal(Second, server);
        var ack = room.Boot(From(N63) with { Ingress = Inquiries.Here with { LocalAddress = server } });
        Assert.Equal((Its, Second, Second), (ack.YourAddress, Ipv4Address.Read(ack.Option(3).Span), Ipv4Address.Read(ack.Option(54).Span)));
        Assert.Equal(DhcpRoom.Ip("255.255.255.0"), Ipv4Address.Read(ack.Option(1).Span));
    }

    [Fact]
    public void Who_has_no_fixed_address_in_another_subnet_is_where_it_was_heard()
    {
        var room = Wire(shared: null).Room;
        Assert.Equal(First, SharedWire.ServerFor(room, DhcpRoom.Stranger, First, [First, Second]));
        Assert.Equal(First, SharedWire.ServerFor(room, N63, First, [First]));
        Assert.Equal(Second, SharedWire.ServerFor(room, N63, Second, [First, Second]));
    }

    [Theory]
    [InlineData("10.77.0.254")] // by a relay agent
    [InlineData("0.0.0.0")]
    public void A_wire_that_subnets_name_serves_a_fixed_address_in_any_of_them(string relay)
    {
        var ack = Wire(shared: "floor2").Boot(From(N63) with { RelayAddress = DhcpRoom.Ip(relay) });
        Assert.Equal((Its, Second), (ack.YourAddress, Ipv4Address.Read(ack.Option(3).Span)));
    }

    [Fact]
    public void Subnets_on_different_wires_stay_apart()
    {
        var ack = Wire(shared: null).Boot(From(N63) with { RelayAddress = DhcpRoom.Ip("10.77.0.254") });
        Assert.Equal(First, Ipv4Address.Read(ack.Option(3).Span));
        Assert.NotEqual(Its, ack.YourAddress);
    }

    private static DhcpInquiry From(MacAddress client) => Inquiries.EfiPxe with { Client = client };

    private static DhcpRoom Wire(string? shared) => new(usual => usual with
    {
        Subnets =
        [
            new Subnet { Network = Ipv4Network.Parse("10.77.0.0/24"), Ranges = [new AddressRange(DhcpRoom.Ip("10.77.0.100"), DhcpRoom.Ip("10.77.0.150"))], Routers = [First], Shared = shared },
            new Subnet { Network = Ipv4Network.Parse("10.77.8.0/24"), Routers = [Second], Shared = shared },
        ],
        Nodes = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(N63, new NodeEntry { Mac = N63, Name = "n63", Address = Its })]),
        FixedAddresses = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(Its, N63)]),
    });
}
