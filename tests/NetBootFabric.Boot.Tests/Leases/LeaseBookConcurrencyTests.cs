using System.Collections.Concurrent;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Testing.Leases;
using NetBootFabric.Wire;
using static NetBootFabric.Boot.Tests.Leases.Rooms;

namespace NetBootFabric.Boot.Tests.Leases;

public sealed class LeaseBookConcurrencyTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Many_clients_at_once_never_share_an_address()
    {
        const int clients = 4000;
        var subnet = Subnet("10.77.1.0", "10.77.16.159"); // 4000 addresses
        var store = new MemoryLeaseStore { Now = Start };
        var book = new LeaseBook(store, Of(subnet), new LeaseInventory([], []));
        var given = new ConcurrentDictionary<Ipv4Address, MacAddress>();
        Parallel.For(0, clients, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            var client = Mac(number);
            var address = book.Offer(client, subnet, default, Start)!.Value;
            book.Commit(new Lease { Client = client, Address = address, ExpiresAt = Start.AddHours(1) }, 0, outcome =>
            {
                Assert.Equal(LeaseCommit.Committed, outcome);
                Assert.True(given.TryAdd(address, client));
            });
            Assert.Equal(address, book.Offer(client, subnet, default, Start));
        });
        Assert.Equal(clients, given.Count);
        Assert.Equal(new PoolUse(clients, clients, 0, 0), book.Use(subnet, Start));
        Assert.All(given, pair => Assert.Equal(pair.Value, book.Find(pair.Key, Start)!.Client));
    }

    [Fact]
    public void Two_clients_that_want_one_address_get_two()
    {
        for (var round = 0; round < 300; round++)
        {
            var subnet = Subnet();
            var book = new LeaseBook(new MemoryLeaseStore { Now = Start }, Of(subnet), new LeaseInventory([], []));
            var offers = new Ipv4Address?[4];
            Parallel.For(0, offers.Length, client => offers[client] = book.Offer(Mac(client), subnet, Ip("10.77.1.5"), Start));
            Assert.Equal(4, offers.Distinct().Count());
            Assert.Contains(Ip("10.77.1.5"), offers.Select(offer => offer!.Value));
        }
    }
}
