using NetBootFabric.Boot.Leases;
using NetBootFabric.Testing.Leases;
using NetBootFabric.Wire;
using static NetBootFabric.Boot.Tests.Leases.Rooms;

namespace NetBootFabric.Boot.Tests.Leases;

/// <summary>Alone: what other tests allocate meanwhile would be counted too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[Collection(Name)]
public sealed class LeaseBookMemoryTests
{
    private const string Name = "memory";

    [Fact]
    public void Ten_thousand_leases_take_less_than_five_megabytes()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var subnet = Subnet("10.77.1.0", "10.77.250.255");
        var store = new MemoryLeaseStore { Now = start };
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var book = new LeaseBook(store, Of(subnet), new LeaseInventory([.. Enumerable.Range(0, 10_000).Select(Nth)], []));
        Assert.Equal(10_000, book.Use(subnet, start).Leased);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(bytes, 0, 5_000_000);

        Lease Nth(int number) => new() { Client = Mac(number), Address = new Ipv4Address(Ip("10.77.1.0").Value + (uint)number), ExpiresAt = start.AddHours(1) };
    }
}
