using NetBootFabric.Boot.Leases;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Tests.Heads;

public sealed class RecentQuarantinesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RecentQuarantines _recent = new(TimeSpan.FromSeconds(30));

    [Fact]
    public void A_quarantine_is_told_again_for_its_time_and_no_longer()
    {
        _recent.Note(Of(1), Start);
        _recent.Note(Of(2), Start + TimeSpan.FromSeconds(10));
        Assert.Equal([1u, 2u], Addresses(Start + TimeSpan.FromSeconds(29.9)));
        Assert.Equal([2u], Addresses(Start + TimeSpan.FromSeconds(30)));
        Assert.Empty(Addresses(Start + TimeSpan.FromSeconds(40)));
    }

    [Fact]
    public void News_of_leases_are_told_once()
    {
        _recent.Note(new LeaseNews { Ended = new LeaseEnd(new MacAddress(1), new Ipv4Address(1)) }, Start);
        Assert.Empty(Addresses(Start));
    }

    [Fact]
    public void However_many_come_the_latest_ones_are_kept()
    {
        for (var i = 1u; i <= 1000; i++) _recent.Note(Of(i), Start);
        Assert.Equal(Enumerable.Range(745, 256).Select(static i => (uint)i), Addresses(Start));
    }

    private IEnumerable<uint> Addresses(DateTimeOffset now) => _recent.At(now).Select(static news => news.Quarantined!.Address.Value);

    private static LeaseNews Of(uint address) => new() { Quarantined = new Quarantine(new Ipv4Address(address), Start + TimeSpan.FromHours(1), "somebody answers for it") };
}
