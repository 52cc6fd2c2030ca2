using System.Diagnostics;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Storage.Sqlite;
using NetBootFabric.Storage.Writing;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Sqlite;

/// <summary>What others do with the file while the store has it open.</summary>
public sealed class LostFileTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly StoreFolder _folder = new();
    private readonly SqliteStore _store;

    public LostFileTests() => _store = _folder.Open(new FixedTime());

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_that_is_deleted_is_noticed_without_a_write_and_nothing_is_written_any_more()
    {
        await _store.Commit(Lease(1, 1));
        var noticed = Changed(isFailing: true);
        File.Delete(_folder.Database);
        await noticed.WaitAsync(Limit);
        Assert.Contains("restart netbootd", _store.Status.LastFailure);
        Assert.Equal(LeaseCommit.Unavailable, await _store.Commit(Lease(2, 2)));
    }

    [Fact]
    public async Task A_file_that_another_took_the_place_of_is_noticed()
    {
        var other = _folder.Database + ".other";
        SqliteStore.Open(other, new FixedTime()).Dispose();
        var noticed = Changed(isFailing: true);
        File.Move(other, _folder.Database, overwrite: true);
        await noticed.WaitAsync(Limit);
        Assert.Contains("replaced", _store.Status.LastFailure);
    }

    [Fact]
    public async Task A_file_that_was_moved_away_and_comes_back_is_written_again()
    {
        var noticed = Changed(isFailing: true);
        File.Move(_folder.Database, _folder.Database + ".away");
        await noticed.WaitAsync(Limit);
        var back = Changed(isFailing: false);
        File.Move(_folder.Database + ".away", _folder.Database);
        await back.WaitAsync(Limit);
        Assert.Equal(LeaseCommit.Committed, await _store.Commit(Lease(1, 1)));
    }

    [Fact]
    public async Task Only_the_first_call_waits_for_a_file_that_another_program_has_locked_and_its_end_is_noticed_without_a_write()
    {
        await _store.Commit(Lease(2, 2));
        using var other = SqliteConnection.Open(_folder.Database);
        other.Execute("BEGIN IMMEDIATE");
        Assert.Equal(LeaseCommit.Unavailable, await _store.Commit(Lease(1, 1)));
        var clock = Stopwatch.StartNew();
        for (var call = 0; call < 30; call++) await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.Leases());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10)); // 30 waits would take a minute
        var free = Changed(isFailing: false);
        other.Execute("ROLLBACK");
        await free.WaitAsync(Limit);
        Assert.Equal([Lease(2, 2)], await _store.Leases());
    }

    private Task Changed(bool isFailing)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.HealthChanged += status =>
        {
            if (status.FailingSince is not null == isFailing) changed.TrySetResult();
        };
        return changed.Task;
    }
}
