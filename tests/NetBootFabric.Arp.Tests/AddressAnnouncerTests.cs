using System.Diagnostics;
using NetBootFabric.Sockets;
using NetBootFabric.Testing.Virtual;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using static NetBootFabric.Arp.Tests.Someone;

namespace NetBootFabric.Arp.Tests;

public sealed class AddressAnnouncerTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly List<(double Second, Ipv4Address Address)> _said = [];

    [Fact]
    public void An_address_is_announced_at_once_and_four_times_more_within_four_seconds()
    {
        using var announcer = Announcer();
        announcer.Announce(Vacant);
        Pass(60);
        Assert.Equal([0, 0.5, 1, 2, 4], _said.Select(each => each.Second));
    }

    [Fact]
    public void A_series_that_is_stopped_says_no_more_and_others_go_on()
    {
        using var announcer = Announcer();
        announcer.Announce(Vacant);
        announcer.Announce(ServerAddress);
        Pass(1.5);
        announcer.Stop(Vacant);
        announcer.Stop(Elsewhere); // never begun
        Pass(60);
        Assert.Equal([0, 0.5, 1], Moments(Vacant));
        Assert.Equal([0, 0.5, 1, 2, 4], Moments(ServerAddress));
    }

    [Fact]
    public void An_address_that_comes_again_begins_anew()
    {
        using var announcer = Announcer();
        announcer.Announce(Vacant);
        Pass(0.75);
        announcer.Announce(Vacant);
        Pass(60);
        Assert.Equal([0, 0.5, 0.75, 1.25, 1.75, 2.75, 4.75], Moments(Vacant));
    }

    [Fact]
    public void Nothing_is_said_after_disposal()
    {
        var announcer = Announcer();
        announcer.Announce(Vacant);
        announcer.Dispose();
        announcer.Announce(ServerAddress);
        Pass(60);
        Assert.Single(_said);
    }

    [Fact]
    public void Both_forms_are_these_octets()
    {
        using var segment = new Segment();
        using var announcer = segment.Server.Run(() => new AddressAnnouncer(segment.Link, _time));
        announcer.Announce(Vacant);
        // Broadcast, from 02:00:00:00:0a:01, ARP; Ethernet, IPv4, 6, 4; then operation, sender, target. 10.9.0.100 = 0a090064.
        const string Ahead = "ffffffffffff020000000a010806" + "0001080006040";
        Assert.Equal(Ahead + "001" + "020000000a010a090064" + "0000000000000a090064", Frame(segment));
        Assert.Equal(Ahead + "002" + "020000000a010a090064" + "020000000a010a090064", Frame(segment));
    }

    [Fact]
    public void Caches_that_name_the_dead_machine_are_corrected()
    {
        using var segment = new Segment();
        segment.Other.Here($"address add {ClientAddress}/24 dev eth0");
        segment.Other.Here($"neighbour replace {Vacant} lladdr {Stranger} dev eth0 nud reachable");
        using var addresses = segment.Server.Run(() => new InterfaceAddresses());
        using var announcer = segment.Server.Run(() => new AddressAnnouncer(segment.Link, _time));
        Assert.Equal(Errno.None, addresses.Renew(segment.Link.Index, new InterfaceAddress(Vacant.Value, 32), seconds: 60));

        announcer.Announce(Vacant);

        // Although it was confirmed this instant, and no other ARP packet has passed.
        var limit = Stopwatch.StartNew();
        while (!segment.Other.Show($"neighbour show {Vacant}").Contains(Server.ToString(), StringComparison.OrdinalIgnoreCase))
            Assert.True(limit.Elapsed < Segment.Limit, "the cache still names the dead machine");
    }

    private AddressAnnouncer Announcer() => new(address =>
    {
        _said.Add((_time.Elapsed.TotalSeconds, address));
        return Errno.None;
    }, _time);

    private IEnumerable<double> Moments(Ipv4Address address) => _said.Where(each => each.Address == address).Select(each => each.Second);

    private void Pass(double seconds)
    {
        var until = _time.Elapsed + TimeSpan.FromSeconds(seconds);
        while (_time.Step(until))
        {
        }
    }

    private static string Frame(Segment segment)
    {
        var batch = new FrameBatch(capacity: 1);
        Assert.Equal(1, segment.Wire.Receive(batch, Segment.Limit));
        return Convert.ToHexStringLower(batch[0].Bytes[..ArpPacket.FrameSize]);
    }
}
