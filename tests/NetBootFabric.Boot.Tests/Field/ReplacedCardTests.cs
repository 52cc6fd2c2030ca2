using System.Collections.Frozen;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Tests.Dhcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Field;

/// <summary>F37: a node's card was replaced, and the old one's lease on its fixed address still runs. F32: a machine of two cards and one address.</summary>
public sealed class ReplacedCardTests
{
    private static readonly MacAddress New = MacAddress.Parse("52:54:00:77:01:77");

    private readonly DhcpRoom _room = new();

    [Fact]
    public void The_new_card_gets_the_nodes_address_when_nobody_answers_for_it()
    {
        Boot(DhcpRoom.Known);
        Replace();
        Assert.Equal([DhcpRoom.FixedAddress], _room.Book.InQuestion(_room.Room.Subnets[0])); // asked for at once, before the machine boots
        Assert.Equal(DhcpDismissal.AddressUnavailable, _room.Dismissed(From(New)));
        _room.Book.Vanished(DhcpRoom.FixedAddress);
        Assert.Equal(DhcpRoom.FixedAddress, Boot(New).YourAddress);
        Assert.Empty(_room.Book.InQuestion(_room.Room.Subnets[0]));
    }

    [Fact]
    public void An_old_card_that_still_answers_keeps_the_address_and_the_new_one_boots_with_another()
    {
        Boot(DhcpRoom.Known);
        Replace();
        _room.Book.Seen(DhcpRoom.FixedAddress);
        _room.Book.Vanished(DhcpRoom.FixedAddress); // a verdict that came too late
        Assert.NotEqual(DhcpRoom.FixedAddress, Boot(New).YourAddress);
        Assert.Equal(DhcpRoom.Known, _room.Book.Find(DhcpRoom.FixedAddress, _room.Now)?.Client);

        _room.Now += TimeSpan.FromMinutes(1); // the next boot asks again
        Assert.Equal(DhcpDismissal.AddressUnavailable, _room.Dismissed(From(New)));
        _room.Book.Vanished(DhcpRoom.FixedAddress);
        Assert.Equal(DhcpRoom.FixedAddress, Boot(New).YourAddress);
    }

    [Fact]
    public void Where_ARP_does_not_reach_the_new_card_boots_with_another_address_after_some_seconds()
    {
        Boot(DhcpRoom.Known);
        Replace();
        Assert.Equal(DhcpDismissal.AddressUnavailable, _room.Dismissed(From(New)));
        _room.Now += TimeSpan.FromSeconds(6);
        Assert.NotEqual(DhcpRoom.FixedAddress, Boot(New).YourAddress);
        _room.Book.Release(DhcpRoom.Known, DhcpRoom.FixedAddress, static _ => { }); // pbm lease end
        Assert.Equal(DhcpRoom.FixedAddress, Boot(New).YourAddress);
    }

    [Fact]
    public void An_old_card_whose_address_is_another_nodes_by_now_is_refused_when_it_renews()
    {
        Boot(DhcpRoom.Known);
        Replace();
        Assert.Equal(DhcpMessageType.Nak, _room.Handle(Renewal(DhcpRoom.Known))?.Type);
    }

    [Fact]
    public void The_address_of_a_machine_of_two_cards_follows_it_to_the_card_that_boots_when_the_other_is_silent()
    {
        _room.Reload(room => room with { Nodes = Cards(room.Nodes[DhcpRoom.Known], DhcpRoom.Known, New) });
        Boot(DhcpRoom.Known);
        Assert.Empty(_room.Book.InQuestion(_room.Room.Subnets[0])); // it is its own
        Assert.Equal(DhcpDismissal.AddressUnavailable, _room.Dismissed(From(New)));
        _room.Book.Vanished(DhcpRoom.FixedAddress);
        Assert.Equal(DhcpRoom.FixedAddress, Boot(New).YourAddress);

        Assert.Equal(DhcpDismissal.AddressUnavailable, _room.Dismissed(From(DhcpRoom.Known))); // and back
        _room.Book.Vanished(DhcpRoom.FixedAddress);
        Assert.Equal(DhcpRoom.FixedAddress, Boot(DhcpRoom.Known).YourAddress);
    }

    [Fact]
    public void The_other_card_of_a_machine_that_runs_gets_an_address_of_its_own()
    {
        _room.Reload(room => room with { Nodes = Cards(room.Nodes[DhcpRoom.Known], DhcpRoom.Known, New) });
        Boot(DhcpRoom.Known);
        Assert.Equal(DhcpDismissal.AddressUnavailable, _room.Dismissed(From(New)));
        _room.Book.Seen(DhcpRoom.FixedAddress);
        Assert.NotEqual(DhcpRoom.FixedAddress, Boot(New).YourAddress);
        Assert.Equal(DhcpMessageType.Ack, _room.Handle(Renewal(DhcpRoom.Known))?.Type);
    }

    private void Replace() => _room.Reload(room => room with
    {
        Nodes = Cards(room.Nodes[DhcpRoom.Known] with { Mac = New }, New),
        FixedAddresses = FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(DhcpRoom.FixedAddress, New)]),
    });

    private static FrozenDictionary<MacAddress, NodeEntry> Cards(NodeEntry node, params MacAddress[] cards) => cards.ToFrozenDictionary(card => card, _ => node);

    private DhcpAnswer Boot(MacAddress card) => _room.Boot(From(card));

    /// <summary>Of the system that runs.</summary>
    private static DhcpInquiry Renewal(MacAddress client) => Inquiries.Request(Inquiries.Udhcpc) with { Client = client, ClientAddress = DhcpRoom.FixedAddress };

    private static DhcpInquiry From(MacAddress client) => Inquiries.EfiPxe with { Client = client };
}
