using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using static NetBootFabric.Boot.Tests.Dhcp.DhcpRoom;

namespace NetBootFabric.Boot.Tests.Dhcp.Field;

/// <summary>REQUESTs that leave out, double or fill in what they must not, as the field sends them: they are understood from the exchange that they belong to.</summary>
public sealed class OneExchangeTests
{
    private readonly DhcpRoom _room = new();

    /// <summary>The boot file, siaddr and the options that firmware boots by.</summary>
    private static string Boot(DhcpAnswer answer) =>
        $"{answer.NextServer} '{answer.BootFile}' {string.Join(' ', answer.Options.Where(option => option.Code is 43 or 60 or 66 or 67 or 97 or 150 or 175 or 209 or 210).Select(option => $"{option.Code}={Convert.ToHexString(option.Value.Span)}"))}";

    /// <summary>53, 50, 54 and 55 only.</summary>
    private static DhcpInquiry Bare(DhcpInquiry discover, DhcpAnswer offer) => new()
    {
        Type = DhcpMessageType.Request,
        Client = discover.Client,
        TransactionId = discover.TransactionId,
        RequestedAddress = offer.YourAddress,
        ServerIdentifier = Ipv4Address.Read(offer.Option(54).Span),
        ParameterRequestList = new byte[] { 1, 3, 43, 60, 66, 67 },
        Ingress = Inquiries.Here,
    };

    [Theory] // F03
    [InlineData("bios", BootIntent.Always)]
    [InlineData("efi", BootIntent.Always)]
    [InlineData("http", BootIntent.Always)]
    [InlineData("ipxe", BootIntent.Always)]
    [InlineData("efi", BootIntent.Local)]
    public void An_ACK_says_what_its_OFFER_said_though_the_REQUEST_is_silent_about_its_firmware(string firmware, BootIntent intent)
    {
        _room.Intent = intent;
        var discover = firmware switch { "bios" => Inquiries.BiosPxe, "efi" => Inquiries.EfiPxe, "http" => Inquiries.EfiHttp, _ => Inquiries.Ipxe };
        var offer = _room.Handle(discover)!;
        var ack = _room.Handle(Bare(discover, offer))!;
        Assert.Equal((DhcpMessageType.Ack, offer.YourAddress, Boot(offer)), (ack.Type, ack.YourAddress, Boot(ack)));
    }

    [Fact]
    public void An_ACK_says_what_its_OFFER_said_though_the_operator_changed_the_profile_between()
    {
        var offer = _room.Handle(Inquiries.BiosPxe)!;
        _room.Reload(usual => usual with { Profiles = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary([Profile("default", LoaderKind.Pxelinux)]) });
        Assert.Equal(Boot(offer), Boot(_room.Handle(Inquiries.Select(Inquiries.BiosPxe, offer))!));
        Assert.Equal("pxelinux.0", _room.Handle(Inquiries.BiosPxe with { TransactionId = 9 })!.BootFile);
    }

    [Fact]
    public void A_systems_REQUEST_after_a_firmwares_OFFER_is_not_taken_for_the_firmwares()
    {
        var offer = _room.Handle(Inquiries.EfiPxe)!;
        var ack = _room.Handle(Inquiries.Select(Inquiries.Udhcpc, offer))!;
        Assert.Equal((DhcpMessageType.Ack, ""), (ack.Type, ack.BootFile));
    }

    [Theory] // F02, F01
    [InlineData("no 54", "10.77.1.0", "0.0.0.0", "0.0.0.0")]
    [InlineData("no 50", "0.0.0.0", "10.77.0.1", "0.0.0.0")]
    [InlineData("neither 50 nor 54", "0.0.0.0", "0.0.0.0", "0.0.0.0")]
    [InlineData("the address in ciaddr alone", "0.0.0.0", "0.0.0.0", "10.77.1.0")]
    [InlineData("the address in ciaddr, with 54", "0.0.0.0", "10.77.0.1", "10.77.1.0")]
    [InlineData("another ciaddr", "10.77.1.0", "10.77.0.1", "10.77.0.50")]
    [InlineData("a ciaddr of another subnet", "10.77.1.0", "10.77.0.1", "10.78.0.12")]
    [InlineData("no 54 and a ciaddr of another net", "10.77.1.0", "0.0.0.0", "192.0.2.7")]
    public void A_REQUEST_that_can_mean_only_what_was_offered_is_acknowledged(string how, string wanted, string server, string own)
    {
        var offer = _room.Handle(Inquiries.Udhcpc with { RequestedAddress = Ip("10.77.1.0") })!;
        Assert.Equal(Ip("10.77.1.0"), offer.YourAddress);
        var ack = _room.Handle(Inquiries.Request(Inquiries.Udhcpc) with { RequestedAddress = Ip(wanted), ServerIdentifier = Ip(server), ClientAddress = Ip(own) });
        Assert.Equal((how, DhcpMessageType.Ack, offer.YourAddress, ReplyRoute.UnicastToHardware, Ipv4Address.Any), (how, ack!.Type, ack.YourAddress, ack.Route, ack.ClientAddress));
        Assert.Equal(Server, Ipv4Address.Read(ack.Option(54).Span));
        Assert.Equal(offer.YourAddress, _room.Book.Find(Stranger)!.Address);
    }

    [Fact]
    public void That_a_REQUEST_breaks_the_rule_is_told()
    {
        var offer = _room.Handle(Inquiries.BiosPxe)!;
        _room.Handle(Inquiries.Request(Inquiries.BiosPxe) with { RequestedAddress = offer.YourAddress });
        Assert.StartsWith("its REQUEST names no server (option 54", _room.State(Stranger).Current!.Remark, StringComparison.Ordinal);
        Assert.Equal("", Told(new DhcpRoom()));

        static string Told(DhcpRoom room)
        {
            room.Boot(Inquiries.BiosPxe);
            return room.State(Stranger).Current!.Remark;
        }
    }

    [Theory]
    [InlineData("10.77.1.0", "10.77.1.0")]
    [InlineData("10.77.0.50", "10.77.1.0")]
    [InlineData("10.77.1.0", "10.77.0.50")]
    public void Of_two_addresses_that_a_REQUEST_names_the_offered_one_counts(string first, string second)
    {
        var offer = _room.Handle(Inquiries.Udhcpc with { RequestedAddress = Ip("10.77.1.0") })!;
        var ack = _room.Handle(Inquiries.Select(Inquiries.Udhcpc, offer) with { RequestedAddress = Ip(first), OtherRequestedAddress = Ip(second) });
        Assert.Equal((DhcpMessageType.Ack, offer.YourAddress), (ack!.Type, ack.YourAddress));
    }

    [Theory]
    [InlineData("10.77.0.2", "10.77.0.1")]
    [InlineData("10.77.0.1", "10.77.0.2")]
    public void Of_two_servers_that_a_REQUEST_names_the_one_that_offered_counts(string first, string second)
    {
        var offer = _room.Handle(Inquiries.Udhcpc with { RequestedAddress = Ip("10.77.1.0") })!;
        var ack = _room.Handle(Inquiries.Select(Inquiries.Udhcpc, offer) with { ServerIdentifier = Ip(first), OtherServerIdentifier = Ip(second) })!;
        Assert.Equal((DhcpMessageType.Ack, Server), (ack.Type, Ipv4Address.Read(ack.Option(54).Span)));
    }

    [Fact]
    public void Who_names_another_server_chose_that_one_whatever_the_xid()
    {
        var offer = _room.Handle(Inquiries.Udhcpc with { RequestedAddress = Ip("10.77.1.0") })!;
        Assert.Equal(DhcpDismissal.OtherServerSelected, _room.Dismissed(Inquiries.Select(Inquiries.Udhcpc, offer) with { ServerIdentifier = Ip("10.77.0.2") }));
    }

    [Fact]
    public void An_OFFER_that_is_over_explains_nothing()
    {
        var offer = _room.Handle(Inquiries.Udhcpc with { RequestedAddress = Ip("10.77.1.0") })!;
        _room.Now += TimeSpan.FromSeconds(61);
        Assert.Equal(DhcpDismissal.NotAuthoritative, _room.Dismissed(Inquiries.Request(Inquiries.Udhcpc) with { RequestedAddress = offer.YourAddress }));
        Assert.Null(_room.Handle(Inquiries.Request(Inquiries.Udhcpc) with { RequestedAddress = offer.YourAddress }));
        Assert.Equal(FailureCause.NotOnRecord, _room.State(Stranger).Current!.Trouble!.Cause);
    }

    [Fact]
    public void A_REQUEST_heard_on_another_interface_of_this_head_node_belongs_to_its_exchange_all_the_same()
    {
        var offer = _room.Handle(Inquiries.Udhcpc with { RequestedAddress = Ip("10.77.1.0") })!;
        var elsewhere = Inquiries.Select(Inquiries.Udhcpc, offer) with { Ingress = Inquiries.Here with { Interface = "eth2", LocalAddress = Ip("10.77.0.3") } };
        var ack = _room.Handle(elsewhere)!;
        Assert.Equal((DhcpMessageType.Ack, Server), (ack.Type, Ipv4Address.Read(ack.Option(54).Span)));
    }

    [Fact]
    public void A_head_node_that_heard_no_DISCOVER_answers_a_whole_REQUEST_as_ever()
    {
        var offer = _room.Handle(Inquiries.EfiPxe)!;
        _room.Forget();
        Assert.Equal(Boot(offer), Boot(_room.Handle(Inquiries.Select(Inquiries.EfiPxe, offer))!));
    }

    [Theory] // F01
    [InlineData("10.77.0.50")]
    [InlineData("192.0.2.7")]
    [InlineData("10.78.0.12")]
    public void A_DISCOVERs_ciaddr_means_nothing(string own)
    {
        var offer = _room.Handle(Inquiries.Udhcpc with { ClientAddress = Ip(own), RequestedAddress = Ip(own), Seconds = 47_648 })!;
        Assert.Equal(ReplyRoute.UnicastToHardware, offer.Route);
        Assert.True(_room.Room.Subnets[0].Network.Contains(offer.YourAddress));
        Assert.Equal(ReplyRoute.Broadcast, _room.Handle(Inquiries.Udhcpc with { ClientAddress = Ip(own), BroadcastFlag = true })!.Route);
    }

    [Fact]
    public void A_renewal_by_the_xid_of_an_exchange_goes_to_the_address_that_the_client_has()
    {
        var address = _room.Boot(Inquiries.BiosPxe).YourAddress;
        var renewal = Inquiries.Request(Inquiries.BiosPxe) with { ClientAddress = address, Ingress = Inquiries.Here with { Source = address, IsUnicast = true } };
        var ack = _room.Handle(renewal)!;
        Assert.Equal((ReplyRoute.UnicastToClientAddress, address), (ack.Route, ack.ClientAddress));
    }

    [Fact] // F10
    public void The_address_of_a_client_that_loads_without_a_REQUEST_is_written_down_for_it()
    {
        var offer = _room.Handle(Inquiries.BiosPxe)!;
        Assert.Null(_room.Taken(Stranger, Ip("10.77.1.9")));
        Assert.Equal((Stranger, offer.YourAddress), (_room.Taken(Stranger, offer.YourAddress)!.Client, _room.Taken(Stranger, offer.YourAddress)!.Address));
        _room.Handle(Inquiries.Select(Inquiries.BiosPxe, offer));
        Assert.Null(_room.Taken(Stranger, offer.YourAddress));
        _room.Now += TimeSpan.FromMinutes(2);
        Assert.Null(new DhcpRoom().Taken(Stranger, offer.YourAddress));
    }
}
