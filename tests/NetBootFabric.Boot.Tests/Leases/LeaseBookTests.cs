using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Testing.Leases;
using NetBootFabric.Wire;
using static NetBootFabric.Boot.Tests.Leases.Rooms;

namespace NetBootFabric.Boot.Tests.Leases;

public sealed class LeaseBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly LeaseInventory Nothing = new([], []);

    private readonly MemoryLeaseStore _store = new() { Now = Start };
    private readonly Subnet _subnet = Subnet();

    private LeaseBook Book() => new(_store, Of(_subnet), Nothing);

    [Fact]
    public void A_client_gets_the_same_offer_again()
    {
        var book = Book();
        var first = book.Offer(Mac(1), _subnet, default, Start);
        Assert.NotNull(first);
        Assert.Equal(first, book.Offer(Mac(1), _subnet, default, Start.AddSeconds(30)));
        Assert.Equal(first, book.Offer(Mac(1), _subnet, Ip("10.77.1.5"), Start.AddSeconds(59)));
    }

    [Fact]
    public void A_client_that_lost_its_place_gets_the_same_offer_from_another_book()
    {
        for (var client = 1; client < 20; client++)
            Assert.Equal(Book().Offer(Mac(client), _subnet, default, Start), Book().Offer(Mac(client), _subnet, default, Start));
    }

    [Fact]
    public void Offers_use_the_whole_pool_and_no_address_twice()
    {
        var book = Book();
        var offers = Enumerable.Range(1, 10).Select(client => book.Offer(Mac(client), _subnet, default, Start)!.Value).ToHashSet();
        Assert.Equal(10, offers.Count);
        Assert.All(offers, address => Assert.True(_subnet.Ranges[0].Contains(address)));
        Assert.Null(book.Offer(Mac(11), _subnet, default, Start));
    }

    [Fact]
    public void An_offer_that_is_not_taken_is_free_after_a_minute()
    {
        var book = Book();
        for (var client = 1; client <= 10; client++) book.Offer(Mac(client), _subnet, default, Start);
        Assert.Null(book.Offer(Mac(11), _subnet, default, Start.AddSeconds(59)));
        Assert.NotNull(book.Offer(Mac(11), _subnet, default, Start.AddSeconds(60)));
        Assert.Equal(new PoolUse(10, 0, 1, 0), book.Use(_subnet, Start.AddSeconds(60)));
    }

    [Fact]
    public void The_wanted_address_is_given_when_it_is_free()
    {
        var book = Book();
        Assert.Equal(Ip("10.77.1.7"), book.Offer(Mac(1), _subnet, Ip("10.77.1.7"), Start));
        Assert.NotEqual(Ip("10.77.1.7"), book.Offer(Mac(2), _subnet, Ip("10.77.1.7"), Start));
        Assert.True(_subnet.Ranges[0].Contains(book.Offer(Mac(3), _subnet, Ip("10.77.9.9"), Start)!.Value));
    }

    [Fact]
    public void A_client_whose_lease_ended_gets_its_old_address()
    {
        var book = Book();
        var old = Take(book, 1, "10.77.1.3", Start.AddHours(1));
        Assert.Equal(old, book.Offer(Mac(1), _subnet, Ip("10.77.1.4"), Start.AddHours(2)));
        book.Release(Mac(1), old, _ => { });
        Assert.Null(book.Find(Mac(1)));
        Assert.Equal(old, book.Offer(Mac(1), _subnet, default, Start.AddHours(2)));
    }

    [Fact]
    public void Addresses_never_used_go_first_and_then_those_unused_for_longest()
    {
        var book = Book();
        for (var client = 1; client <= 9; client++) Take(book, client, $"10.77.1.{client}", Start.AddMinutes(100 - client));
        var later = Start.AddHours(3);
        Assert.Equal(Ip("10.77.1.0"), book.Offer(Mac(50), _subnet, default, later));
        Assert.Equal(Ip("10.77.1.9"), book.Offer(Mac(51), _subnet, default, later));
        Assert.Equal(Ip("10.77.1.8"), book.Offer(Mac(52), _subnet, default, later));
    }

    [Fact]
    public void An_expired_lease_gives_way_and_its_client_is_forgotten()
    {
        var book = Book();
        Take(book, 1, "10.77.1.1", Start.AddHours(1));
        _store.Now = Start.AddHours(2);
        Assert.Null(book.Find(Ip("10.77.1.1"), _store.Now));
        Assert.True(book.MayHave(Mac(2), Ip("10.77.1.1"), _store.Now));
        Take(book, 2, "10.77.1.1", Start.AddHours(3));
        Assert.Null(book.Find(Mac(1)));
        Assert.Equal(Mac(2), book.Find(Ip("10.77.1.1"), _store.Now)!.Client);
    }

    [Fact]
    public void A_running_lease_is_open_to_its_client_only()
    {
        var book = Book();
        var address = Take(book, 1, "10.77.1.1", Start.AddHours(1));
        Assert.True(book.MayHave(Mac(1), address, Start));
        Assert.False(book.MayHave(Mac(2), address, Start));
        Assert.False(book.MayHave(Mac(1), Ip("10.99.0.1"), Start));
        Assert.Equal(address, book.Find(Mac(1))!.Address);
    }

    [Fact]
    public void A_client_that_moves_frees_its_old_address()
    {
        var book = Book();
        Take(book, 1, "10.77.1.1", Start.AddHours(1));
        Take(book, 1, "10.77.1.2", Start.AddHours(1));
        Assert.Null(book.Find(Ip("10.77.1.1"), Start));
        Assert.True(book.MayHave(Mac(2), Ip("10.77.1.1"), Start));
        Assert.Equal(new PoolUse(10, 1, 0, 0), book.Use(_subnet, Start));
    }

    [Fact]
    public void Quarantine_keeps_an_address_from_everybody_until_it_ends()
    {
        var book = Book();
        var address = Take(book, 1, "10.77.1.1", Start.AddHours(9));
        book.Quarantine(address, Start.AddHours(1), "declined", _ => { });
        Assert.False(book.MayHave(Mac(1), address, Start));
        Assert.NotEqual(address, book.Offer(Mac(1), _subnet, address, Start));
        Assert.Equal(1, book.Use(_subnet, Start).Quarantined);
        Assert.True(book.MayHave(Mac(1), address, Start.AddHours(1)));
        Assert.Equal(0, book.Use(_subnet, Start.AddHours(1)).Quarantined);
        Assert.Equal("declined", Assert.Single(_store.Quarantines).Reason);
    }

    [Fact]
    public void A_quarantine_that_could_not_be_written_is_written_behind_the_next_lease()
    {
        var book = Book();
        _store.IsDown = true;
        book.Quarantine(Ip("10.77.1.1"), Start.AddHours(1), "conflict", _ => { });
        Assert.Empty(_store.Quarantines);
        _store.IsDown = false;
        Take(book, 2, "10.77.1.2", Start.AddHours(1));
        Assert.Equal(Ip("10.77.1.1"), Assert.Single(_store.Quarantines).Address);
    }

    [Fact]
    public void Fixed_addresses_are_never_in_the_pool()
    {
        var book = new LeaseBook(_store, Of(_subnet, (Ip("10.77.1.4"), Mac(1)), (Ip("10.77.200.1"), Mac(2))), Nothing);
        var offers = Enumerable.Range(10, 9).Select(client => book.Offer(Mac(client), _subnet, Ip("10.77.1.4"), Start)!.Value).ToHashSet();
        Assert.Equal(9, offers.Count);
        Assert.DoesNotContain(Ip("10.77.1.4"), offers);
        Assert.Null(book.Offer(Mac(99), _subnet, default, Start));
        Assert.True(book.MayHave(Mac(1), Ip("10.77.1.4"), Start));
        Assert.False(book.MayHave(Mac(3), Ip("10.77.1.4"), Start));
        Assert.True(book.MayHave(Mac(2), Ip("10.77.200.1"), Start));
        Assert.Equal(9, book.Use(_subnet, Start).Size);
    }

    [Fact]
    public void After_AddressTaken_the_next_offer_is_another_address()
    {
        var book = Book();
        var address = book.Offer(Mac(1), _subnet, default, Start)!.Value;
        _store.Commit(Lease(9, address, Start.AddHours(1)), 0, _ => { });
        LeaseCommit? outcome = null;
        book.Commit(Lease(1, address, Start.AddHours(1)), 0, result => outcome = result);
        Assert.Equal(LeaseCommit.AddressTaken, outcome);
        Assert.Null(book.Find(Mac(1)));
        Assert.False(book.MayHave(Mac(1), address, Start));
        Assert.NotEqual(address, book.Offer(Mac(1), _subnet, address, Start));
    }

    [Fact]
    public void A_lease_whose_release_waits_for_the_disk_covers_no_new_answer()
    {
        var book = Book();
        var address = Take(book, 1, "10.77.1.1", Start.AddHours(1));
        _store.Holds = true;
        book.Release(Mac(1), address, _ => { });
        Assert.Null(book.Find(Mac(1)));
        book.Commit(Lease(1, address, Start.AddHours(2)), 0, _ => { });
        _store.Finish();
        Assert.Equal(Start.AddHours(2), book.Find(Mac(1))!.ExpiresAt);
        Assert.Equal(Start.AddHours(2), Assert.Single(_store.Leases).ExpiresAt);
    }

    [Fact]
    public void A_renewal_on_its_way_to_the_disk_does_not_outlive_the_release_behind_it()
    {
        var book = Book();
        var address = Take(book, 1, "10.77.1.1", Start.AddHours(1));
        _store.Holds = true;
        book.Commit(Lease(1, address, Start.AddHours(2)), 0, _ => { });
        book.Release(Mac(1), address, _ => { });
        _store.Finish();
        Assert.Null(book.Find(Mac(1)));
        Assert.Empty(_store.Leases);
    }

    [Fact]
    public void A_clock_that_is_set_back_finds_leases_running_and_offers_ending_in_a_minute()
    {
        var book = Book();
        var wrong = Start.AddYears(4);
        var held = book.Offer(Mac(1), _subnet, default, wrong)!.Value;
        var leased = Take(book, 2, "10.77.1.7", Start.AddHours(1));
        Assert.Equal(new PoolUse(10, 0, 1, 0), book.Use(_subnet, wrong));

        Assert.Equal(new PoolUse(10, 1, 1, 0), book.Use(_subnet, Start));
        Assert.False(book.MayHave(Mac(3), leased, Start));
        Assert.True(book.MayHave(Mac(3), held, Start.AddMinutes(1)));
    }

    [Fact]
    public void A_commit_under_way_keeps_the_address_however_long_it_takes()
    {
        var book = Book();
        _store.Holds = true;
        var address = book.Offer(Mac(1), _subnet, default, Start)!.Value;
        book.Commit(Lease(1, address, Start.AddHours(1)), 0, _ => { });
        Assert.False(book.MayHave(Mac(2), address, Start.AddMinutes(30)));
        Assert.Null(book.Find(Mac(1)));
        _store.Finish();
        Assert.Equal(address, book.Find(Mac(1))!.Address);
    }

    [Fact]
    public void A_commit_that_failed_leaves_memory_as_it_was_and_the_offer_held()
    {
        var book = Book();
        var address = book.Offer(Mac(1), _subnet, default, Start)!.Value;
        _store.IsDown = true;
        LeaseCommit? outcome = null;
        book.Commit(Lease(1, address, Start.AddHours(1)), 0, result => outcome = result);
        Assert.Equal(LeaseCommit.Unavailable, outcome);
        Assert.Null(book.Find(Mac(1)));
        Assert.Equal(address, book.Offer(Mac(1), _subnet, default, Start.AddSeconds(5)));
        Assert.Equal(new PoolUse(10, 0, 1, 0), book.Use(_subnet, Start.AddSeconds(5)));
    }

    [Fact]
    public void A_lease_that_is_being_released_answers_for_nothing_and_its_address_waits()
    {
        var book = Book();
        var address = Take(book, 1, "10.77.1.1", Start.AddHours(1));
        _store.Holds = true;
        book.Release(Mac(1), address, _ => { });
        Assert.Null(book.Find(Mac(1)));
        Assert.False(book.MayHave(Mac(2), address, Start));

        book.Commit(Lease(1, address, Start.AddHours(2)), 0, _ => { });
        _store.Finish();
        Assert.Equal(Start.AddHours(2), book.Find(Mac(1))!.ExpiresAt);
        Assert.Equal(book.Find(Mac(1)), Assert.Single(_store.Leases));
    }

    [Fact]
    public void A_release_after_a_commit_under_way_ends_that_lease_too()
    {
        var book = Book();
        var address = Take(book, 1, "10.77.1.1", Start.AddHours(1));
        _store.Holds = true;
        book.Commit(Lease(1, address, Start.AddHours(2)), 0, _ => Assert.Null(book.Find(Mac(1))));
        book.Release(Mac(1), address, _ => { });
        _store.Finish();
        Assert.Null(book.Find(Mac(1)));
        Assert.True(book.MayHave(Mac(2), address, Start));
    }

    [Fact]
    public void A_release_that_failed_leaves_the_lease_in_doubt_until_it_is_committed_again()
    {
        var book = Book();
        var address = Take(book, 1, "10.77.1.1", Start.AddHours(1));
        _store.IsDown = true;
        book.Release(Mac(1), address, _ => { });
        Assert.Null(book.Find(Mac(1)));
        Assert.False(book.MayHave(Mac(2), address, Start));

        _store.IsDown = false;
        Take(book, 1, "10.77.1.1", Start.AddHours(2));
        Assert.Equal(address, book.Find(Mac(1))!.Address);
    }

    [Fact]
    public async Task A_book_opened_on_a_store_knows_its_leases_and_quarantines()
    {
        var first = Book();
        Take(first, 1, "10.77.1.1", Start.AddHours(1));
        first.Quarantine(Ip("10.77.1.2"), Start.AddHours(1), "conflict", _ => { });
        var book = await LeaseBook.OpenAsync(_store, Of(_subnet), CancellationToken.None);
        Assert.Equal(Ip("10.77.1.1"), book.Find(Mac(1))!.Address);
        Assert.Equal(new PoolUse(10, 1, 0, 1), book.Use(_subnet, Start));
        Assert.Equal(new PoolUse(10, 0, 0, 0), book.Use(_subnet, Start.AddHours(1)));
    }

    [Fact]
    public void Leases_survive_a_reload_that_moves_the_pool()
    {
        var book = Book();
        var kept = Take(book, 1, "10.77.1.9", Start.AddHours(1));
        var outside = Take(book, 2, "10.77.1.1", Start.AddHours(1));
        var moved = Subnet("10.77.1.8", "10.77.1.11");
        book.Reshape(Of(moved));
        Assert.Equal(new PoolUse(4, 1, 0, 0), book.Use(moved, Start));
        Assert.Equal(kept, book.Offer(Mac(1), moved, default, Start));
        Assert.True(book.MayHave(Mac(2), outside, Start));
        Assert.False(book.MayHave(Mac(3), outside, Start.AddHours(2)));
        Assert.NotEqual(outside, book.Offer(Mac(2), moved, default, Start));
        book.Reshape(Room.Empty);
        Assert.False(book.MayHave(Mac(2), outside, Start));
        Assert.Null(book.Offer(Mac(4), moved, default, Start));
    }

    [Fact]
    public void The_next_free_addresses_visit_the_whole_pool_and_skip_what_is_taken()
    {
        var book = Book();
        var taken = Take(book, 1, "10.77.1.6", Start.AddHours(1));
        var seen = Enumerable.Range(0, 3).SelectMany(_ => book.NextFree(_subnet, 3, Start)).ToList();
        Assert.Equal(9, seen.Distinct().Count());
        Assert.DoesNotContain(taken, seen);
        Assert.Equal(9, book.NextFree(_subnet, 100, Start).Count);
    }

    private static Lease Lease(int client, Ipv4Address address, DateTimeOffset until) => new() { Client = Mac(client), Address = address, ExpiresAt = until };

    private static Ipv4Address Take(LeaseBook book, int client, string address, DateTimeOffset until)
    {
        LeaseCommit? outcome = null;
        book.Commit(Lease(client, Ip(address), until), 0, result => outcome = result);
        Assert.Equal(LeaseCommit.Committed, outcome);
        return Ip(address);
    }
}
