using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using static NetBootFabric.Boot.Tests.Dhcp.DhcpRoom;

namespace NetBootFabric.Boot.Tests.Dhcp;

/// <summary>
/// RFC 2131 §4.3.2 and table 4. A REQUEST in each state of the client, against what the server knows. The client "holds" 10.77.1.5; another one holds 10.77.1.6.
/// </summary>
public sealed class RequestTests
{
    private const string Nobody = "0.0.0.0", Us = "10.77.0.1", Other = "10.77.0.2";
    private static readonly MacAddress Neighbour = new(0x5254_0000_0006);

    [Theory]
    // SELECTING: server identifier, requested address, no ciaddr.
    [InlineData("selecting, its lease", Us, "10.77.1.5", Nobody, "Ack")]
    [InlineData("selecting, a free address", Us, "10.77.1.8", Nobody, "Ack")]
    [InlineData("selecting, another server", Other, "10.77.1.5", Nobody, "OtherServerSelected")]
    [InlineData("selecting, a held address", Us, "10.77.1.6", Nobody, "Nak")]
    [InlineData("selecting, outside the pool", Us, "10.77.9.9", Nobody, "Nak")]
    [InlineData("selecting, another network", Us, "192.0.2.1", Nobody, "Nak")]
    [InlineData("selecting, another client's fixed address", Us, "10.77.0.11", Nobody, "Nak")]
    [InlineData("selecting, no address", Us, Nobody, Nobody, "Malformed")]
    // INIT-REBOOT: requested address only.
    [InlineData("init-reboot, its lease", Nobody, "10.77.1.5", Nobody, "Ack")]
    [InlineData("init-reboot, not its lease", Nobody, "10.77.1.8", Nobody, "Nak")]
    [InlineData("init-reboot, a held address", Nobody, "10.77.1.6", Nobody, "Nak")]
    [InlineData("init-reboot, another network", Nobody, "192.0.2.1", Nobody, "Nak")]
    // RENEWING and REBINDING: ciaddr only.
    [InlineData("renewing its lease", Nobody, Nobody, "10.77.1.5", "Ack")]
    [InlineData("renewing a held address", Nobody, Nobody, "10.77.1.6", "Nak")]
    [InlineData("renewing another network's address", Nobody, Nobody, "192.0.2.1", "Nak")]
    [InlineData("nothing at all", Nobody, Nobody, Nobody, "Malformed")]
    public void A_client_on_record_is_answered_by_its_state(string state, string server, string requested, string own, string expected)
    {
        var room = new DhcpRoom();
        Hold(room, Stranger, "10.77.1.5");
        Hold(room, Neighbour, "10.77.1.6");
        Assert.Equal((state, expected), (state, Outcome(room, Request(server, requested, own))));
    }

    [Theory]
    [InlineData("init-reboot, a free address", Nobody, "10.77.1.8", Nobody, "NotAuthoritative")]
    [InlineData("init-reboot, a held address", Nobody, "10.77.1.6", Nobody, "Nak")]
    [InlineData("init-reboot, another network", Nobody, "192.0.2.1", Nobody, "Nak")]
    [InlineData("renewing a free address: its record was lost", Nobody, Nobody, "10.77.1.8", "Ack")]
    [InlineData("renewing a held address", Nobody, Nobody, "10.77.1.6", "Nak")]
    public void A_client_without_a_record_is_answered_only_about_what_we_know(string state, string server, string requested, string own, string expected)
    {
        var room = new DhcpRoom();
        Hold(room, Neighbour, "10.77.1.6");
        Assert.Equal((state, expected), (state, Outcome(room, Request(server, requested, own))));
    }

    [Theory]
    [InlineData("init-reboot, not its lease", Nobody, "10.77.1.8", Nobody, "NotAuthoritative")]
    [InlineData("init-reboot, another network", Nobody, "192.0.2.1", Nobody, "NotAuthoritative")]
    [InlineData("renewing a held address", Nobody, Nobody, "10.77.1.6", "NotAuthoritative")]
    [InlineData("selecting, a held address: it chose us", Us, "10.77.1.6", Nobody, "Nak")]
    public void Without_authority_nobody_is_sent_away(string state, string server, string requested, string own, string expected)
    {
        var room = new DhcpRoom(usual => usual with { Authoritative = false });
        Hold(room, Stranger, "10.77.1.5");
        Hold(room, Neighbour, "10.77.1.6");
        Assert.Equal((state, expected), (state, Outcome(room, Request(server, requested, own))));
    }

    [Theory]
    [InlineData("10.77.1.6")]
    [InlineData("10.77.9.9")]
    [InlineData("192.0.2.1")]
    public void A_PXE_client_in_SELECTING_is_never_NAKed(string requested)
    {
        foreach (var firmware in new[] { Inquiries.BiosPxe, Inquiries.EfiPxe, Inquiries.EfiHttp, Inquiries.Ipxe })
        {
            var room = new DhcpRoom();
            Hold(room, Neighbour, "10.77.1.6");
            var request = Inquiries.Request(firmware) with { ServerIdentifier = Server, RequestedAddress = Ip(requested) };
            Assert.Equal(DhcpDismissal.AddressUnavailable, room.Dismissed(request));
        }
    }

    [Fact]
    public void A_PXE_client_whose_address_was_taken_meanwhile_gets_silence_and_then_another_one()
    {
        var room = new DhcpRoom();
        var first = room.Handle(Inquiries.EfiPxe)!;
        room.Book.Quarantine(first.YourAddress, room.Now.AddHours(1), "in use", _ => { });
        Assert.Null(room.Handle(Inquiries.Select(Inquiries.EfiPxe, first)));
        Assert.NotEqual(first.YourAddress, room.Boot(Inquiries.EfiPxe).YourAddress);
    }

    [Fact]
    public void A_running_machine_keeps_its_address_until_its_next_DISCOVER_when_it_gets_a_fixed_one()
    {
        var room = new DhcpRoom();
        var leased = room.Boot(Inquiries.Udhcpc).YourAddress;
        var entry = new Boot.Rooms.NodeEntry { Mac = Stranger, Address = Ip("10.77.0.12") };
        room.Reload(usual => usual with
        {
            Nodes = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(Stranger, entry)]),
            FixedAddresses = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(Ip("10.77.0.12"), Stranger)]),
        });
        Assert.Equal(leased, room.Handle(Request(Nobody, Nobody, leased.ToString()))!.YourAddress);
        Assert.Equal(Ip("10.77.0.12"), room.Boot(Inquiries.Udhcpc).YourAddress);
    }

    [Fact]
    public void A_renewal_is_acknowledged_at_the_clients_own_address_and_prolongs_the_lease()
    {
        var room = new DhcpRoom();
        var address = room.Boot(Inquiries.Udhcpc).YourAddress;
        room.Now += TimeSpan.FromHours(6);
        var ack = room.Handle(Request(Nobody, Nobody, address.ToString()))!;
        Assert.Equal((DhcpMessageType.Ack, ReplyRoute.UnicastToClientAddress, address, address), (ack.Type, ack.Route, ack.ClientAddress, ack.YourAddress));
        Assert.True(room.Book.Find(Stranger)!.ExpiresAt >= room.Now.AddHours(12));
    }

    [Fact]
    public void T1_and_T2_are_given_to_those_that_ask()
    {
        var ack = new DhcpRoom().Boot(Inquiries.Udhcpc with { ParameterRequestList = new byte[] { 58, 59 } });
        Assert.Equal(6 * 3600u, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(ack.Option(58).Span));
        Assert.Equal(37_800u, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(ack.Option(59).Span)); // 0.875 x 12 h
    }

    private static DhcpInquiry Request(string server, string requested, string own) => Inquiries.Request(Inquiries.Udhcpc) with
    {
        ServerIdentifier = Ip(server),
        RequestedAddress = Ip(requested),
        ClientAddress = Ip(own),
    };

    private static string Outcome(DhcpRoom room, DhcpInquiry request) => room.Decide(request) switch
    {
        DhcpOutcome.Dismiss dismissed => dismissed.Reason.ToString(),
        DhcpOutcome.Answer answer => answer.Reply.Type.ToString(),
        DhcpOutcome.CommitThenAnswer intended => intended.Reply.Type.ToString(),
        var other => other.GetType().Name,
    };

    private static void Hold(DhcpRoom room, MacAddress client, string address) =>
        room.Handle(Request(Us, address, Nobody) with { Client = client });
}
