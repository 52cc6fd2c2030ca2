using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using static NetBootFabric.Boot.Tests.Dhcp.DhcpRoom;

namespace NetBootFabric.Boot.Tests.Dhcp;

public sealed class ExchangeTests
{
    private readonly DhcpRoom _room = new();

    [Fact]
    public void A_plain_client_gets_a_lease_and_no_boot_file()
    {
        var ack = _room.Boot(Inquiries.Udhcpc);
        Assert.True(new AddressRange(Ip("10.77.1.0"), Ip("10.77.1.9")).Contains(ack.YourAddress));
        Assert.Equal("", ack.BootFile);
        Assert.Equal(12 * 3600u, ack.Seconds());
        Assert.Equal([54, 51, 1, 3, 6, 15, 28], ack.Options.Select(option => (int)option.Code));
        Assert.Equal(1, _room.Writes);
    }

    [Fact]
    public void A_known_client_gets_its_fixed_address_and_its_name()
    {
        var ack = _room.Boot(Inquiries.Udhcpc with { Client = Known });
        Assert.Equal(DhcpRoom.FixedAddress, ack.YourAddress);
        Assert.Equal("n001"u8, ack.Option(12).Span);
    }

    [Fact]
    public void A_retransmission_gets_the_same_answer_and_writes_nothing()
    {
        var discover = Inquiries.EfiPxe;
        var offer = _room.Handle(discover)!;
        Same(offer, _room.Handle(discover)!);
        var request = Inquiries.Select(discover, offer);
        var ack = _room.Handle(request)!;
        _room.Now += TimeSpan.FromSeconds(30);
        Same(ack, _room.Handle(request)!);
        Assert.Equal(1, _room.Writes);
    }

    [Fact]
    public void The_next_loaders_exchange_and_the_systems_are_answered_from_memory()
    {
        var first = _room.Boot(Inquiries.BiosPxe);
        _room.Now += TimeSpan.FromSeconds(20);
        Assert.Equal(first.YourAddress, _room.Boot(Inquiries.Ipxe).YourAddress);
        _room.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(first.YourAddress, _room.Boot(Inquiries.Udhcpc).YourAddress);
        Assert.Equal(1, _room.Writes);
        _room.Now += TimeSpan.FromMinutes(10);
        _room.Boot(Inquiries.Udhcpc);
        Assert.Equal(2, _room.Writes);
    }

    [Fact]
    public void Firmware_without_a_name_does_not_undo_the_systems()
    {
        _room.Boot(Inquiries.EfiPxe);
        for (var boot = 0; boot < 3; boot++)
        {
            _room.Boot(Inquiries.Udhcpc with { HostName = "worker" });
            _room.Boot(Inquiries.EfiPxe);
        }
        Assert.Equal("worker", _room.Book.Find(Stranger)!.HostName);
        Assert.Equal(2, _room.Writes);
    }

    [Fact]
    public void The_book_keeps_a_lease_at_least_as_long_as_the_client_was_told()
    {
        for (var minute = 0; minute < 30; minute++)
        {
            var ack = _room.Boot(Inquiries.Ipxe);
            Assert.True(_room.Book.Find(Stranger)!.ExpiresAt >= _room.Now.AddSeconds(ack.Seconds()));
            _room.Now += TimeSpan.FromMinutes(1);
        }
    }

    [Fact]
    public void Rapid_commit_needs_two_packets_and_a_write()
    {
        var ack = _room.Handle(Inquiries.Udhcpc with { RapidCommit = true })!;
        Assert.Equal(DhcpMessageType.Ack, ack.Type);
        Assert.Empty(ack.Option(80).ToArray());
        Assert.Equal(ack.YourAddress, _room.Book.Find(Stranger)!.Address);
        Assert.Equal(1, _room.Writes);
    }

    [Fact]
    public void A_shorter_lease_is_given_on_request_but_not_a_longer_one()
    {
        Assert.Equal(600u, _room.Handle(Inquiries.Udhcpc with { RequestedLeaseSeconds = 600 })!.Seconds());
        Assert.Equal(60u, _room.Handle(Inquiries.Udhcpc with { RequestedLeaseSeconds = 1 })!.Seconds());
        Assert.Equal(12 * 3600u, _room.Handle(Inquiries.Udhcpc with { RequestedLeaseSeconds = uint.MaxValue })!.Seconds());
    }

    [Fact]
    public void An_exhausted_pool_gives_no_answer_but_a_reason()
    {
        for (var i = 0; i < 10; i++) _room.Boot(Inquiries.Udhcpc with { Client = new MacAddress(0x5254_0000_0000u + (ulong)i) });
        Assert.Equal(DhcpDismissal.PoolExhausted, _room.Dismissed(Inquiries.Udhcpc));
    }

    [Theory]
    [InlineData(UnknownPolicy.Allow, true)]
    [InlineData(UnknownPolicy.Discover, true)]
    [InlineData(UnknownPolicy.Ignore, false)]
    public void Unknown_clients_are_answered_by_the_subnets_policy(UnknownPolicy policy, bool answered)
    {
        var room = new DhcpRoom(usual => usual with { Subnets = [usual.Subnets[0] with { Unknown = policy }] });
        Assert.Equal(answered, room.Handle(Inquiries.Udhcpc) is not null);
        Assert.NotNull(room.Handle(Inquiries.Udhcpc with { Client = Known }));
    }

    [Fact]
    public void With_the_store_down_known_clients_and_running_leases_are_served_and_new_ones_wait()
    {
        var leased = _room.Boot(Inquiries.Ipxe);
        _room.StoreIsDown = true;
        _room.Now += TimeSpan.FromHours(4);

        var again = _room.Boot(Inquiries.Ipxe);
        Assert.Equal(leased.YourAddress, again.YourAddress);
        Assert.True(_room.Book.Find(Stranger)!.ExpiresAt >= _room.Now.AddSeconds(again.Seconds()));
        Assert.Equal(DhcpRoom.FixedAddress, _room.Boot(Inquiries.Ipxe with { Client = Known }).YourAddress);

        var fresh = Inquiries.Ipxe with { Client = new MacAddress(0x5254_0000_0001) };
        Assert.Null(_room.Handle(Inquiries.Select(fresh, _room.Handle(fresh)!)));
    }

    private static void Same(DhcpAnswer first, DhcpAnswer second)
    {
        Assert.Equal(first with { Inquiry = second.Inquiry, Options = [], Exchange = null }, second with { Options = [], Exchange = null });
        Assert.Equal(Values(first), Values(second));
    }

    private static string[] Values(DhcpAnswer answer) => [.. answer.Options.Select(option => $"{option.Code}={Convert.ToHexString(option.Value.Span)}")];
}
