using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using static NetBootFabric.Boot.Tests.Dhcp.DhcpRoom;

namespace NetBootFabric.Boot.Tests.Dhcp;

/// <summary>DECLINE, RELEASE, INFORM, relay agents and proxyDHCP.</summary>
public sealed class OtherMessageTests
{
    private readonly DhcpRoom _room = new();

    [Fact]
    public void A_declined_address_rests_and_the_client_gets_another()
    {
        var first = _room.Boot(Inquiries.Udhcpc).YourAddress;
        var decline = Inquiries.Udhcpc with { Type = DhcpMessageType.Decline, RequestedAddress = first, ServerIdentifier = Server };
        var resting = Assert.IsType<DhcpOutcome.QuarantineAddress>(_room.Decide(decline)).Quarantine;
        Assert.Equal((first, _room.Now.AddMinutes(10)), (resting.Address, resting.Until));
        Assert.Null(_room.Handle(decline));
        Assert.NotEqual(first, _room.Boot(Inquiries.Udhcpc).YourAddress);
    }

    [Fact]
    public void Nobody_declines_an_address_that_is_not_its_own()
    {
        var decline = Inquiries.Udhcpc with { Type = DhcpMessageType.Decline, ServerIdentifier = Server };
        Assert.Equal(DhcpDismissal.NoAnswerNeeded, _room.Dismissed(decline with { RequestedAddress = Ip("10.77.1.3") }));
        Assert.Equal(DhcpDismissal.NoAnswerNeeded, _room.Dismissed(decline with { RequestedAddress = DhcpRoom.FixedAddress }));
        Assert.Equal(DhcpDismissal.OtherServerSelected, _room.Dismissed(decline with { ServerIdentifier = Ip("10.77.0.2") }));
    }

    [Fact]
    public void A_machine_whose_fixed_address_is_in_use_elsewhere_boots_from_the_pool()
    {
        var decline = Inquiries.Udhcpc with { Client = Known, Type = DhcpMessageType.Decline, RequestedAddress = DhcpRoom.FixedAddress, ServerIdentifier = Server };
        _room.Boot(Inquiries.Ipxe with { Client = Known });
        _room.Handle(decline);
        Assert.NotEqual(DhcpRoom.FixedAddress, _room.Boot(Inquiries.Ipxe with { Client = Known }).YourAddress);
        _room.Now += TimeSpan.FromMinutes(11);
        Assert.Equal(DhcpRoom.FixedAddress, _room.Boot(Inquiries.Ipxe with { Client = Known }).YourAddress);
    }

    [Fact]
    public void A_released_address_is_free_again()
    {
        var address = _room.Boot(Inquiries.Udhcpc).YourAddress;
        var release = Inquiries.Udhcpc with { Type = DhcpMessageType.Release, ClientAddress = address, ServerIdentifier = Server };
        Assert.Equal(DhcpDismissal.NoAnswerNeeded, _room.Dismissed(release with { Client = Known }));
        Assert.Equal(DhcpDismissal.OtherServerSelected, _room.Dismissed(release with { ServerIdentifier = Ip("10.77.0.2") }));
        Assert.Equal(address, Assert.IsType<DhcpOutcome.ReleaseAddress>(_room.Decide(release)).Address);
        _room.Handle(release);
        Assert.Null(_room.Book.Find(address, _room.Now));
        Assert.Equal(DhcpDismissal.NoAnswerNeeded, _room.Dismissed(release));
    }

    [Fact]
    public void INFORM_gets_options_but_no_address_and_no_lease_time()
    {
        var inform = Inquiries.Udhcpc with { Type = DhcpMessageType.Inform, ClientAddress = Ip("10.77.9.9") };
        var ack = _room.Handle(inform)!;
        Assert.Equal((DhcpMessageType.Ack, ReplyRoute.UnicastToClientAddress), (ack.Type, ack.Route));
        Assert.True(ack.YourAddress.IsAny);
        Assert.Equal([54, 1, 3, 6, 15, 28], ack.Options.Select(option => (int)option.Code));
        Assert.Equal(0, _room.Writes);
        Assert.Equal(DhcpDismissal.Malformed, _room.Dismissed(inform with { ClientAddress = Ipv4Address.Any }));
    }

    [Theory]
    [InlineData("10.77.0.5", "0.0.0.0", "10.77.1.")]
    [InlineData("10.78.0.5", "0.0.0.0", "10.78.0.")]
    [InlineData("10.77.0.5", "10.78.0.0", "10.78.0.")]
    [InlineData("192.0.2.1", "10.78.0.0", "10.78.0.")]
    public void The_relay_agent_names_the_subnet(string relay, string link, string prefix)
    {
        var offer = _room.Handle(Inquiries.Udhcpc with { RelayAddress = Ip(relay), LinkSelection = Ip(link) })!;
        Assert.StartsWith(prefix, offer.YourAddress.ToString(), StringComparison.Ordinal);
        Assert.Equal(ReplyRoute.Relay, offer.Route);
    }

    [Theory]
    [InlineData("192.0.2.1", "0.0.0.0")]
    [InlineData("10.77.0.5", "192.0.2.0")]
    public void A_relay_agent_of_a_subnet_that_we_have_not_gets_no_answer(string relay, string link) =>
        Assert.Equal(DhcpDismissal.NoSubnet, _room.Dismissed(Inquiries.Udhcpc with { RelayAddress = Ip(relay), LinkSelection = Ip(link) }));

    [Fact]
    public void The_relay_agent_may_stand_in_for_the_server()
    {
        var discover = Inquiries.EfiPxe with { RelayAddress = Ip("10.78.0.1"), ServerIdentifierOverride = Ip("10.78.0.1") };
        var ack = _room.Boot(discover);
        Assert.Equal(Ip("10.78.0.1"), Ipv4Address.Read(ack.Option(54).Span));
        Assert.Equal(Server, ack.NextServer);
    }

    [Fact]
    public void A_fixed_address_counts_in_its_own_subnet_only()
    {
        var offer = _room.Handle(Inquiries.Udhcpc with { Client = Known, RelayAddress = Ip("10.78.0.1") })!;
        Assert.StartsWith("10.78.0.", offer.YourAddress.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DhcpMessageType.Offer, "0.0.0.0", "0.0.0.0", false, ReplyRoute.UnicastToHardware)]
    [InlineData(DhcpMessageType.Offer, "0.0.0.0", "0.0.0.0", true, ReplyRoute.Broadcast)]
    [InlineData(DhcpMessageType.Ack, "0.0.0.0", "10.77.1.5", true, ReplyRoute.UnicastToClientAddress)]
    [InlineData(DhcpMessageType.Ack, "10.78.0.1", "10.77.1.5", false, ReplyRoute.Relay)]
    [InlineData(DhcpMessageType.Nak, "0.0.0.0", "10.77.1.5", false, ReplyRoute.Broadcast)]
    [InlineData(DhcpMessageType.Nak, "0.0.0.0", "0.0.0.0", false, ReplyRoute.Broadcast)]
    [InlineData(DhcpMessageType.Nak, "10.78.0.1", "0.0.0.0", false, ReplyRoute.Relay)]
    public void Answers_go_the_way_of_RFC_2131_section_4_1(DhcpMessageType type, string relay, string own, bool broadcast, ReplyRoute route)
    {
        var asked = type == DhcpMessageType.Offer ? DhcpMessageType.Discover : DhcpMessageType.Request;
        var inquiry = Inquiries.Udhcpc with { Type = asked, RelayAddress = Ip(relay), ClientAddress = Ip(own), BroadcastFlag = broadcast };
        Assert.Equal(route, ReplyRoutes.For(inquiry, type, Ip("10.77.1.5")));
    }

    [Fact]
    public void A_proxy_gives_boot_files_and_no_addresses()
    {
        var room = new DhcpRoom(usual => usual with { Service = DhcpService.Proxy });
        var offer = room.Handle(Inquiries.EfiPxe)!;
        Assert.Equal((DhcpMessageType.Offer, ReplyRoute.Broadcast, "shimx64.efi.signed", Server), (offer.Type, offer.Route, offer.BootFile, offer.NextServer));
        Assert.True(offer.YourAddress.IsAny);
        Assert.Equal([54, 97, 60, 43], offer.Options.Select(option => (int)option.Code));
        Assert.Equal("PXEClient"u8, offer.Option(60).Span);
        Assert.Equal([6, 1, 8, 255], offer.Option(43).ToArray());
        Assert.Equal("HTTPClient"u8, room.Handle(Inquiries.EfiHttp)!.Option(60).Span);

        var asked = Inquiries.Request(Inquiries.EfiPxe) with { ClientAddress = Ip("10.77.1.5"), Ingress = Inquiries.Here with { LocalPort = 4011, Source = Ip("10.77.1.5") } };
        var ack = room.Handle(asked)!;
        Assert.Equal((DhcpMessageType.Ack, ReplyRoute.Source, "shimx64.efi.signed"), (ack.Type, ack.Route, ack.BootFile));
        Assert.True(ack.YourAddress.IsAny);
        Assert.Equal(0, room.Writes);
    }

    [Fact]
    public void A_proxy_leaves_the_rest_to_the_other_server()
    {
        var room = new DhcpRoom(usual => usual with { Service = DhcpService.Proxy });
        Assert.Equal(DhcpDismissal.NoAnswerNeeded, room.Dismissed(Inquiries.Udhcpc));
        Assert.Equal(DhcpDismissal.NoAnswerNeeded, room.Dismissed(Inquiries.Request(Inquiries.EfiPxe)));
        Assert.Equal(DhcpDismissal.NoBootFile, room.Dismissed(Inquiries.Firmware("PXEClient:Arch:00006", ClientArchitecture.EfiIa32)));
    }
}
