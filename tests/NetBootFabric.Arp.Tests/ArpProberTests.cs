using NetBootFabric.Boot.Events;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using static NetBootFabric.Arp.Tests.Someone;

namespace NetBootFabric.Arp.Tests;

public sealed class ArpProberTests : IRoomSource, IDisposable
{
    private readonly Segment _segment = new();
    private readonly ArpMetrics _metrics = new();
    private readonly ProbeOptions _options = new() { Interval = TimeSpan.FromMilliseconds(100) };

    public Room Current { get; private set; } = Pool("10.9.0.0/24", "10.9.0.2", "10.9.0.9");

    public void Dispose()
    {
        _segment.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void Every_free_address_is_probed_and_none_is_claimed()
    {
        using var prober = Start(Leases());
        var heard = Enumerable.Range(0, 8).Select(_ => _segment.Next()).ToList();
        Assert.All(heard, packet => Assert.Equal(ArpPacket.Probe(Server, packet.TargetAddress), packet));
        Assert.Equal(Pool(ClientAddress, 8), heard.Select(packet => packet.TargetAddress).Order());
    }

    [Fact]
    public void An_address_that_somebody_answers_for_is_found_before_it_is_given()
    {
        var leases = Leases();
        var reports = new Reports();
        _segment.Other.Here($"address add {ClientAddress}/24 dev eth0"); // a machine with an address from the pool, set by hand
        using var watcher = _segment.Server.Run(() =>
        {
            var host = HostAddresses.Read();
            return ArpWatcher.Start(_segment.Link, host, new RoomClaims(this, leases, host), reports, _metrics, TimeProvider.System);
        });
        using var prober = Start(leases);

        var seen = reports.Next();
        Assert.Equal((ArpSighting.Conflict, Client, ClientAddress), (seen.Sighting, seen.Sender, seen.Address));
    }

    [Fact]
    public void A_subnet_behind_a_router_is_not_probed()
    {
        var behind = Pool("10.8.0.0/24", "10.8.0.2", "10.8.0.9").Subnets;
        Current = Current with { Subnets = [.. behind, .. Current.Subnets] };
        using var prober = Start(Leases());
        for (var i = 0; i < 9; i++) Assert.True(Current.Subnets[1].Network.Contains(_segment.Next().TargetAddress));
    }

    private static Room Pool(string network, string first, string last) => new()
    {
        Subnets = [new Subnet { Network = Ipv4Network.Parse(network), Ranges = [new AddressRange(Ipv4Address.Parse(first), Ipv4Address.Parse(last))] }],
    };

    private static IEnumerable<Ipv4Address> Pool(Ipv4Address first, int count) => Enumerable.Range(0, count).Select(i => new Ipv4Address(first.Value + (uint)i));

    private LeaseBook Leases() => new(new MemoryStore(), Current, new LeaseInventory([], []));

    private ArpProber Start(ILeaseBook leases) =>
        _segment.Server.Run(() => ArpProber.Start(_segment.Link, this, leases, _options, _metrics, TimeProvider.System));
}
