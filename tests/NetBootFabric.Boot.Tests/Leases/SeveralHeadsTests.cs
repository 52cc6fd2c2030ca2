using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Testing.Leases;
using NetBootFabric.Wire;
using static NetBootFabric.Boot.Tests.Leases.Rooms;

namespace NetBootFabric.Boot.Tests.Leases;

/// <summary>The books of several head nodes over one store.</summary>
public sealed class SeveralHeadsTests
{
    private const int Shards = 8;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly MemoryLeaseStore _store = new() { Now = Start };
    private readonly Subnet _subnet = Subnet();

    /// <summary>Owns the shards that <paramref name="owns"/> says.</summary>
    private sealed class Head(Func<int, bool> owns) : IShardOwnership
    {
        public int Shards => SeveralHeadsTests.Shards;
        public int ShardOf(MacAddress client) => (int)(client.Value % SeveralHeadsTests.Shards);
        public bool Owns(int shard) => owns(shard);
        public long EpochOf(int shard) => owns(shard) ? 1 : -1;
    }

    private LeaseBook Book(Func<int, bool> owns, Subnet? subnet = null) => new(_store, Of(subnet ?? _subnet), new LeaseInventory([], []), new Head(owns));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(62_000)]
    public void Slices_cover_a_pool_once_and_are_of_nearly_equal_size(int size)
    {
        var slices = new PoolSlices(size, new Head(_ => true));
        var next = 0;
        for (var slice = 0; slice < Shards; slice++)
        {
            var (from, to) = slices.Bounds(slice);
            Assert.Equal(next, from);
            Assert.InRange(to - from, size / Shards, (size / Shards) + 1);
            for (var index = from; index < to; index += Math.Max(1, (to - from) / 3)) Assert.Equal(slice, slices.Of(index));
            next = to;
        }
        Assert.Equal(size, next);
    }

    [Fact]
    public void Two_heads_that_offer_at_once_do_not_meet_until_one_has_used_up_its_slices()
    {
        var subnet = Subnet("10.77.2.0", "10.77.2.199");
        var (one, two) = (Book(shard => shard < 4, subnet), Book(shard => shard >= 4, subnet));
        var offers = new HashSet<Ipv4Address>();
        for (var i = 0; i < 100; i++)
        {
            Assert.True(offers.Add(one.Offer(Mac((i / 4 * Shards) + (i % 4)), subnet, default, Start)!.Value));
            Assert.True(offers.Add(two.Offer(Mac((i / 4 * Shards) + 4 + (i % 4)), subnet, default, Start)!.Value));
        }
        Assert.Equal(200, offers.Count);
        Assert.NotNull(one.Offer(Mac(100 * Shards), subnet, default, Start)); // from the other's: better than none
    }

    [Fact]
    public void Only_own_slices_are_probed()
    {
        var book = Book(shard => shard == 3);
        var (from, to) = new PoolSlices(10, new Head(_ => true)).Bounds(3);
        for (var round = 0; round < 3; round++)
            Assert.All(book.NextFree(_subnet, 10, Start), address => Assert.InRange(address.Value - _subnet.Ranges[0].First.Value, (uint)from, (uint)to - 1));
        Assert.Equal(to - from, book.NextFree(_subnet, 10, Start).Count);
    }

    [Fact]
    public void What_one_head_gives_the_other_finds_by_address_and_offers_to_nobody()
    {
        var (one, two) = (Book(shard => shard < 4), Book(shard => shard >= 4));
        one.Changed += two.Learn;
        Commit(one, 1, "10.77.1.9");
        Assert.Equal(Mac(1), two.Find(Ip("10.77.1.9"), Start)?.Client);
        Assert.False(two.MayHave(Mac(4), Ip("10.77.1.9"), Start));
        one.Release(Mac(1), Ip("10.77.1.9"), static _ => { });
        Assert.Null(two.Find(Ip("10.77.1.9"), Start));
        one.Quarantine(Ip("10.77.1.8"), Start.AddHours(1), "declined", static _ => { });
        Assert.False(two.MayHave(Mac(4), Ip("10.77.1.8"), Start));
    }

    [Fact]
    public void Late_news_does_not_shorten_a_lease()
    {
        var book = Book(_ => true);
        Commit(book, 1, "10.77.1.9", hours: 2);
        book.Learn(new LeaseNews { Granted = new Lease { Client = Mac(1), Address = Ip("10.77.1.9"), ExpiresAt = Start.AddHours(1) } });
        Assert.Equal(Start.AddHours(2), book.Find(Mac(1))?.ExpiresAt);
    }

    [Fact]
    public void A_head_that_takes_shards_knows_their_leases_as_the_store_has_them()
    {
        var (one, two) = (Book(shard => shard < 4), Book(_ => true));
        two.Learn(new LeaseNews { Granted = new Lease { Client = Mac(2), Address = Ip("10.77.1.5"), ExpiresAt = Start.AddHours(1) } }); // released since
        two.Learn(new LeaseNews { Granted = new Lease { Client = Mac(5), Address = Ip("10.77.1.6"), ExpiresAt = Start.AddHours(1) } }); // of another shard
        Commit(one, 1, "10.77.1.9");
        two.Adopt([0, 1, 2, 3], new LeaseInventory([new Lease { Client = Mac(1), Address = Ip("10.77.1.9"), ExpiresAt = Start.AddHours(1), Shard = 1 }], []));
        Assert.Equal(Ip("10.77.1.9"), two.Find(Mac(1))?.Address);
        Assert.Null(two.Find(Mac(2)));
        Assert.NotNull(two.Find(Mac(5)));
    }

    private static void Commit(LeaseBook book, int client, string address, int hours = 1)
    {
        LeaseCommit? outcome = null;
        book.Commit(new Lease { Client = Mac(client), Address = Ip(address), ExpiresAt = Start.AddHours(hours) }, 1, result => outcome = result);
        Assert.Equal(LeaseCommit.Committed, outcome);
    }
}
