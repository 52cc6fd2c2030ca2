using NetBootFabric.Boot.Leases;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Leases;

/// <summary>What every store does with leases.</summary>
public abstract class LeaseStoreTests(TestStore database) : IDisposable
{
    private INodeStore _store = database.Open();

    public void Dispose()
    {
        _store.Dispose();
        database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_lease_is_there_after_a_restart_exactly_as_committed()
    {
        var lease = Lease(1, 7, Start.AddTicks(123456789), "n001 ü");
        Assert.Equal(LeaseCommit.Committed, await _store.Commit(lease));
        Reopen();
        Assert.Equal([lease], await _store.Leases());
    }

    [Fact]
    public async Task A_renewal_replaces_the_earlier_lease()
    {
        await _store.Commit(Lease(1, 7));
        Assert.Equal(LeaseCommit.Committed, await _store.Commit(Lease(1, 7, Start.AddHours(2), "new")));
        Assert.Equal([Lease(1, 7, Start.AddHours(2), "new")], await _store.Leases());
    }

    [Fact]
    public async Task A_second_lease_of_a_client_leaves_the_first_as_it_is_until_that_is_released()
    {
        await _store.Commit(Lease(1, 7));
        await _store.Commit(Lease(1, 8));
        Assert.Equal(LeaseCommit.AddressTaken, await _store.Commit(Lease(2, 7)));
        Assert.Equal([Lease(1, 7), Lease(1, 8)], (await _store.Leases()).OrderBy(lease => lease.Address));
        await _store.Release(1, 7);
        Assert.Equal(LeaseCommit.Committed, await _store.Commit(Lease(2, 7)));
        Assert.Equal([Lease(1, 8), Lease(2, 7)], await _store.Leases());
    }

    [Fact]
    public async Task A_running_lease_of_another_client_means_AddressTaken()
    {
        await _store.Commit(Lease(1, 7));
        await _store.Commit(Lease(2, 8));
        Assert.Equal(LeaseCommit.AddressTaken, await _store.Commit(Lease(2, 7)));
        Assert.Equal([Lease(1, 7), Lease(2, 8)], await _store.Leases());
    }

    [Fact]
    public async Task An_expired_lease_of_another_client_gives_way()
    {
        await _store.Commit(Lease(1, 7, Start.AddHours(1)));
        database.Now = Start.AddHours(1);
        Assert.Equal(LeaseCommit.Committed, await _store.Commit(Lease(2, 7, Start.AddHours(2))));
        Assert.Equal([Lease(2, 7, Start.AddHours(2))], await _store.Leases());
    }

    [Fact]
    public async Task A_released_lease_is_gone_and_a_release_of_what_one_does_not_have_changes_nothing()
    {
        await _store.Commit(Lease(1, 7));
        Assert.Equal(LeaseCommit.Committed, await _store.Release(1, 8));
        Assert.Equal(LeaseCommit.Committed, await _store.Release(2, 7));
        Assert.Equal([Lease(1, 7)], await _store.Leases());
        Assert.Equal(LeaseCommit.Committed, await _store.Release(1, 7));
        Assert.Equal(LeaseCommit.Committed, await _store.Commit(Lease(2, 7)));
        Assert.Equal([Lease(2, 7)], await _store.Leases());
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    public async Task An_older_epoch_is_refused(int address)
    {
        await _store.Commit(Lease(1, 7), epoch: 5);
        Assert.Equal(LeaseCommit.StaleEpoch, await _store.Commit(Lease(1, address, Start.AddHours(9)), epoch: 4));
        Assert.Equal([Lease(1, 7)], await _store.Leases());
        Assert.Equal(LeaseCommit.Committed, await _store.Commit(Lease(1, address, Start.AddHours(9)), epoch: 6));
        Assert.Equal(LeaseCommit.StaleEpoch, await _store.Commit(Lease(1, address), epoch: 5));
    }

    [Fact]
    public async Task Quarantines_are_kept_until_they_end()
    {
        await _store.Put(new Quarantine(Ip(1), Start.AddHours(1), "declined"));
        await _store.Put(new Quarantine(Ip(2), Start.AddHours(3), "declined"));
        await _store.Put(new Quarantine(Ip(2), Start.AddHours(2), "conflict"));
        database.Now = Start.AddHours(1);
        Reopen();
        var inventory = await _store.LoadAsync(CancellationToken.None);
        Assert.Equal([new Quarantine(Ip(2), Start.AddHours(2), "conflict")], inventory.Quarantines);
    }

    [Fact]
    public async Task The_leases_of_some_shards_are_loaded_as_they_are_now_with_every_quarantine()
    {
        for (var shard = 0; shard < 128; shard++) await _store.Commit(Lease(shard, shard, shard: shard));
        await _store.Put(new Quarantine(Ip(200), Start.AddHours(1), "declined"));
        _ = _store.Commit(Lease(127, 300, shard: 127));
        var loaded = await _store.Load(3, 127);
        Assert.Equal([Lease(3, 3, shard: 3), Lease(127, 127, shard: 127), Lease(127, 300, shard: 127)], loaded!.Leases.OrderBy(lease => lease.Address));
        Assert.Equal([new Quarantine(Ip(200), Start.AddHours(1), "declined")], loaded.Quarantines);
        Assert.Empty((await _store.Load())!.Leases);
        Assert.Equal(129, (await _store.Leases()).Length);
    }

    [Fact]
    public async Task A_renewal_notes_the_clients_shard_anew()
    {
        await _store.Commit(Lease(1, 7, shard: 5));
        await _store.Commit(Lease(1, 7, shard: 6));
        Assert.Empty((await _store.Load(5))!.Leases);
        Assert.Equal([Lease(1, 7, shard: 6)], (await _store.Load(6))!.Leases);
    }

    [Fact]
    public async Task Of_many_clients_that_want_one_address_at_once_one_gets_it()
    {
        var commits = await Task.WhenAll(Enumerable.Range(1, 500).Select(client => _store.Commit(Lease(client, client % 10))));
        Assert.Equal(10, commits.Count(commit => commit == LeaseCommit.Committed));
        Assert.Equal(490, commits.Count(commit => commit == LeaseCommit.AddressTaken));
        Assert.Equal(10, (await _store.Leases()).Select(lease => lease.Address).Distinct().Count());
    }

    [Fact]
    public async Task Completions_run_in_the_order_of_the_calls()
    {
        var order = new List<int>();
        for (var i = 0; i < 1000; i++)
        {
            var number = i;
            _store.Commit(Lease(i, i), 0, _ => order.Add(number)); // on the one writer thread
        }
        await _store.Commit(Lease(5000, 5000));
        Assert.Equal(Enumerable.Range(0, 1000), order);
    }

    [Fact]
    public async Task Random_commits_and_releases_agree_with_a_dictionary()
    {
        var random = new Random(3);
        var model = new Dictionary<int, Lease>(); // by address
        for (var step = 0; step < 1500; step++)
        {
            database.Now += TimeSpan.FromMinutes(random.Next(3));
            var (client, address) = (random.Next(8), random.Next(8));
            if (random.Next(5) == 0)
            {
                await _store.Release(client, address);
                if (model.TryGetValue(address, out var held) && held.Client == Mac(client)) model.Remove(address);
                continue;
            }
            var lease = Lease(client, address, database.Now.AddMinutes(random.Next(1, 30)));
            var taken = model.Values.Any(other => other.Client != lease.Client && other.Address == lease.Address && other.IsRunning(database.Now));
            Assert.Equal(taken ? LeaseCommit.AddressTaken : LeaseCommit.Committed, await _store.Commit(lease));
            if (taken) continue;
            model[address] = lease;
        }
        Assert.Equal(model.OrderBy(entry => entry.Key).Select(entry => entry.Value), (await _store.Leases()).OrderBy(lease => lease.Address));
    }

    private void Reopen()
    {
        _store.Dispose();
        _store = database.Open();
    }
}
