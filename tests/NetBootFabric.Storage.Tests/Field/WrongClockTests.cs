using NetBootFabric.Boot.Clocks;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Storage.Sqlite;
using NetBootFabric.Wire;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Field;

/// <summary>F39: head nodes without a battery, virtual machines restored: the clock jumps while netbootd runs, and between two of its runs.</summary>
public sealed class WrongClockTests : IDisposable
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromHours(12);
    private static readonly Ipv4Address A = Ip(7);
    private static readonly Subnet Subnet = new() { Network = Ipv4Network.Parse("10.77.0.0/24"), Ranges = [new AddressRange(Ip(7), Ip(8))], LeaseTime = LeaseTime };
    private static readonly Room Room = new() { Subnets = [Subnet] };

    private readonly StoreFolder _folder = new();
    private readonly JumpyClock _clock = new();
    private string _boot = "one";
    private SteadyTime _time = null!;
    private SqliteStore _store = null!;
    private LeaseBook _book = null!;

    public void Dispose()
    {
        _store?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_clock_that_is_set_forward_ends_no_lease()
    {
        await Open();
        await Lend(1);
        _clock.Wall += TimeSpan.FromHours(13);
        Assert.False(_book.MayHave(Mac(2), A, _time.GetUtcNow()));
        Assert.True(_book.MayHave(Mac(1), A, _time.GetUtcNow()));
        Assert.Equal(TimeSpan.FromHours(13), _time.Step);

        await Open(); // again: by the right clock
        Assert.Equal(LeaseTime, Left());
    }

    [Fact]
    public async Task A_clock_that_is_set_forward_while_netbootd_does_not_run_ends_no_lease_either()
    {
        await Open();
        await Lend(1);
        _store.Dispose();
        _clock.Wall += TimeSpan.FromHours(13);
        _clock.Advance(TimeSpan.FromHours(1));
        await Open();
        Assert.Equal(LeaseTime - TimeSpan.FromHours(1), Left());
        Assert.Equal(new ClockFinding(TimeSpan.FromHours(13), IsCertain: true), _book.Clock);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leases_that_were_given_by_a_clock_a_year_ahead_run_for_as_long_as_their_clients_were_told(bool staysUp)
    {
        _clock.Wall += TimeSpan.FromDays(365);
        await Open();
        await Lend(1);
        if (!staysUp) _store.Dispose();
        _clock.Wall -= TimeSpan.FromDays(365);
        if (staysUp) Assert.Equal(LeaseTime, Left());
        await Open();
        Assert.Equal(LeaseTime, Left());
        _clock.Advance(LeaseTime);
        Assert.Equal(LeaseCommit.Committed, await _store.Commit(new Lease { Client = Mac(2), Address = A, ExpiresAt = _time.GetUtcNow() + LeaseTime }));
    }

    [Fact]
    public async Task A_machine_that_starts_with_a_clock_behind_what_it_wrote_gives_leases_the_time_that_they_had_left()
    {
        await Open();
        await Lend(1);
        _store.Dispose();
        _boot = "two";
        _clock.Reboot(TimeSpan.FromDays(-365));
        await Open();
        Assert.Equal(LeaseTime, Left());
        Assert.False(_book.Clock.IsCertain);
    }

    [Fact]
    public async Task After_a_long_pause_by_a_clock_that_may_be_wrong_an_address_is_given_again_only_when_nobody_answers_for_it()
    {
        await Open();
        await Lend(1);
        _store.Dispose();
        _boot = "two";
        _clock.Reboot(TimeSpan.FromDays(3));
        await Open();
        Assert.False(_book.MayHave(Mac(2), A, _time.GetUtcNow()));
        Assert.Equal([A], _book.InQuestion(Subnet));
        _book.Seen(A);
        _book.Vanished(A);
        Assert.False(_book.MayHave(Mac(2), A, _time.GetUtcNow()));
        Assert.True(_book.MayHave(Mac(1), A, _time.GetUtcNow())); // its renewal gets an ACK

        await Open(); // the clock goes on: nothing is in doubt any more
        Assert.Empty(_book.InQuestion(Subnet));
    }

    [Fact]
    public async Task Of_who_is_gone_after_a_long_pause_the_address_is_free()
    {
        await Open();
        await Lend(1);
        _store.Dispose();
        _boot = "two";
        _clock.Reboot(TimeSpan.FromDays(3));
        await Open();
        _book.Vanished(A);
        await _store.LoadAsync(CancellationToken.None); // behind the release
        Assert.True(_book.MayHave(Mac(2), A, _time.GetUtcNow()));
        Assert.Equal(LeaseCommit.Committed, await _store.Commit(new Lease { Client = Mac(2), Address = A, ExpiresAt = _time.GetUtcNow() + LeaseTime }));
    }

    [Fact]
    public async Task A_short_pause_is_believed()
    {
        await Open();
        await Lend(1);
        _store.Dispose();
        _boot = "two";
        _clock.Reboot(TimeSpan.FromMinutes(5));
        await Open();
        Assert.Equal(LeaseTime - TimeSpan.FromMinutes(5), Left());
        Assert.Equal(ClockFinding.None, _book.Clock);
    }

    [Fact]
    public async Task A_lease_of_a_year_in_a_file_that_says_nothing_of_its_clock_is_cut_to_the_subnets()
    {
        using (var plain = _folder.Open(new FixedTime())) await plain.Commit(Lease(1, 7, Start.AddYears(1)));
        await Open();
        Assert.InRange(Left(), LeaseTime, LeaseTime + TimeSpan.FromMinutes(11));
        await Open();
        Assert.InRange((await _store.Leases())[0].ExpiresAt - _time.GetUtcNow(), LeaseTime, LeaseTime + TimeSpan.FromMinutes(11));
    }

    private async Task Open()
    {
        _store?.Dispose();
        _time = new SteadyTime(_clock, _boot);
        _store = _folder.Open(_time);
        _book = await LeaseBook.OpenAsync(_store, Room, CancellationToken.None, time: _time);
    }

    private async Task Lend(int client) =>
        Assert.Equal(LeaseCommit.Committed, await For(done => _book.Commit(new Lease { Client = Mac(client), Address = A, ExpiresAt = _time.GetUtcNow() + LeaseTime }, 0, done)));

    private TimeSpan Left() => _book.Find(Mac(1), A)!.ExpiresAt - _time.GetUtcNow();
}
