using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Wire;
using static NetBootFabric.Arp.Tests.Someone;

namespace NetBootFabric.Arp.Tests;

public sealed class PoolWalkTests
{
    private static readonly ProbeOptions Options = new() { Window = 8, Freshness = TimeSpan.FromMinutes(30) };

    private readonly Subnet _subnet = new()
    {
        Network = Ipv4Network.Parse("10.9.0.0/24"),
        Ranges = [new AddressRange(ClientAddress, new Ipv4Address(ClientAddress.Value + 99))],
    };

    private readonly LeaseBook _leases;
    private readonly PoolWalk _walk;

    public PoolWalkTests()
    {
        _leases = new LeaseBook(new MemoryStore(), new Room { Subnets = [_subnet] }, new LeaseInventory([], []));
        _walk = new PoolWalk(_leases, new ProbePlan(Options), Options, Server);
    }

    [Fact]
    public void It_comes_round_the_whole_pool_three_times_and_then_rests()
    {
        var probes = Walk(ticks: 300);
        Assert.Equal(100, probes.Count);
        Assert.All(probes.Values, times => Assert.Equal(3, times));
    }

    [Fact]
    public void A_rate_is_never_exceeded()
    {
        var due = new Ipv4Address[5];
        Assert.Equal(5, _walk.Take(_subnet, Noon, due));
        Assert.Equal(5, _walk.Take(_subnet, Noon, due));
    }

    [Fact]
    public void An_address_offered_since_the_window_was_filled_is_passed_over()
    {
        var due = new Ipv4Address[1];
        _walk.Take(_subnet, Noon, due);
        var offered = _leases.Offer(Client, _subnet, new Ipv4Address(due[0].Value + 1), Noon)!.Value;
        Assert.Equal(due[0].Value + 1, offered.Value);
        _walk.Take(_subnet, Noon, due);
        Assert.Equal(offered.Value + 1, due[0].Value);
    }

    [Fact]
    public void Addresses_used_before_are_probed_too_when_no_others_are_left()
    {
        for (uint i = 0; i < 100; i++)
        {
            _leases.Commit(new Lease { Client = new MacAddress(i + 1), Address = new Ipv4Address(ClientAddress.Value + i), ExpiresAt = Noon.AddSeconds(-100 + i) }, 0, static _ => { });
        }
        var probes = Walk(ticks: 300);
        Assert.Equal(Options.Window, probes.Count); // those that would be given next
        Assert.All(probes.Values, times => Assert.Equal(3, times));
    }

    private Dictionary<Ipv4Address, int> Walk(int ticks)
    {
        var probes = new Dictionary<Ipv4Address, int>();
        var due = new Ipv4Address[5];
        for (var tick = 0; tick < ticks; tick++)
        {
            var count = _walk.Take(_subnet, Noon.AddMilliseconds(100 * tick), due);
            foreach (var address in due.AsSpan(0, count)) probes[address] = probes.GetValueOrDefault(address) + 1;
        }
        return probes;
    }
}
