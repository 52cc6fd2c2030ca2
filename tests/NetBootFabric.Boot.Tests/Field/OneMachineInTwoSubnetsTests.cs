using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Boot.Tests.Dhcp;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Tests.Field;

/// <summary>F06: VLAN interfaces, bridges, a BMC beside its host, a laptop that roams: one MAC asks in several subnets (RFC 2131 §2.1, §4.2).</summary>
public sealed class OneMachineInTwoSubnetsTests
{
    private static readonly MacAddress X = MacAddress.Parse("52:54:00:aa:01:01");
    private static readonly MacAddress Y = MacAddress.Parse("52:54:00:aa:01:02");
    private static readonly Ipv4Address Relay1 = DhcpRoom.Ip("10.77.1.1"), Relay2 = DhcpRoom.Ip("10.77.2.1");

    private readonly DhcpRoom _room = new(usual => usual with { Subnets = [Subnet("10.77.1"), Subnet("10.77.2")] });

    [Fact]
    public void Both_leases_run_and_the_first_address_is_nobody_elses()
    {
        var first = _room.Boot(From(X, Relay1)).YourAddress;
        _room.Boot(From(MacAddress.Parse("52:54:00:aa:01:03"), Relay1)); // the pool's other address
        var second = _room.Boot(From(X, Relay2)).YourAddress;
        Assert.True(_room.Room.Subnets[0].Network.Contains(first) && _room.Room.Subnets[1].Network.Contains(second));

        Assert.Equal(DhcpDismissal.PoolExhausted, _room.Dismissed(From(Y, Relay1)));
        Assert.Equal(DhcpMessageType.Nak, _room.Handle(Inquiries.Request(From(Y, Relay1)) with { RequestedAddress = first })?.Type); // INIT-REBOOT on it
        var renewal = _room.Handle(Inquiries.Request(From(X, default)) with { ClientAddress = first });
        Assert.Equal((DhcpMessageType.Ack, first), (renewal?.Type, renewal!.YourAddress));
        Assert.Equal([second, first], _room.Book.All(X).Select(lease => lease.Address));
    }

    [Fact]
    public void An_offer_in_one_subnet_does_not_end_the_offer_in_another()
    {
        var first = _room.Handle(From(X, Relay1))!;
        _room.Handle(From(X, Relay2));
        for (var other = 3; other < 6; other++) Assert.NotEqual(first.YourAddress, _room.Handle(From(new MacAddress(Y.Value + (ulong)other), Relay1))?.YourAddress);
        Assert.Equal(DhcpMessageType.Ack, _room.Handle(Inquiries.Select(From(X, Relay1), first))?.Type);
    }

    [Fact]
    public void A_machine_that_comes_back_to_a_subnet_gets_its_address_there_again()
    {
        var first = _room.Boot(From(X, Relay1)).YourAddress;
        var second = _room.Boot(From(X, Relay2)).YourAddress;
        Assert.Equal(first, _room.Boot(From(X, Relay1)).YourAddress);
        _room.Now += TimeSpan.FromDays(2);
        Assert.Equal(second, _room.Boot(From(X, Relay2)).YourAddress);
        Assert.Equal(first, _room.Boot(From(X, Relay1)).YourAddress);
    }

    [Fact]
    public void A_release_and_a_decline_in_one_subnet_leave_the_lease_in_the_other()
    {
        var first = _room.Boot(From(X, Relay1)).YourAddress;
        var second = _room.Boot(From(X, Relay2)).YourAddress;
        _room.Handle(From(X, default) with { Type = DhcpMessageType.Release, ClientAddress = first });
        Assert.Equal([second], _room.Book.All(X).Select(lease => lease.Address));
        _room.Handle(From(X, Relay2) with { Type = DhcpMessageType.Decline, RequestedAddress = second });
        var third = _room.Boot(From(X, Relay2)).YourAddress;
        Assert.NotEqual(second, third);
        Assert.Equal(first, _room.Boot(From(X, Relay1)).YourAddress);
    }

    [Fact]
    public void A_system_that_starts_again_keeps_the_address_of_the_subnet_that_it_is_in()
    {
        var first = _room.Boot(From(X, Relay1)).YourAddress;
        var second = _room.Boot(From(X, Relay2)).YourAddress;
        foreach (var (relay, its, other) in new[] { (Relay1, first, second), (Relay2, second, first) })
        {
            Assert.Equal(its, _room.Handle(Inquiries.Request(From(X, relay)) with { RequestedAddress = its })?.YourAddress);
            Assert.Equal(DhcpMessageType.Nak, _room.Handle(Inquiries.Request(From(X, relay)) with { RequestedAddress = other })?.Type);
        }
    }

    private static DhcpInquiry From(MacAddress client, Ipv4Address relay) => Inquiries.Udhcpc with { Client = client, RelayAddress = relay };

    /// <summary>With a pool of two.</summary>
    private static Subnet Subnet(string start) => new()
    {
        Network = Ipv4Network.Parse($"{start}.0/24"),
        Ranges = [new AddressRange(DhcpRoom.Ip($"{start}.100"), DhcpRoom.Ip($"{start}.101"))],
        LeaseTime = TimeSpan.FromHours(12),
    };
}
