using System.Text;
using NetBootFabric.Actors.Persistence.Store;
using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Tests.Journal;

/// <summary>What every store does with events and snapshots.</summary>
public abstract class JournalStoreTests(TestStore database) : IDisposable
{
    private INodeStore _store = database.Open();

    public void Dispose()
    {
        _store.Dispose();
        database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Events_come_back_after_a_restart_oldest_first_and_unchanged()
    {
        Assert.Null(await Append("a", 1, 2));
        Assert.Null(await Append("a", 3));
        Assert.Null(await Append("b", 1));
        Reopen();
        var recovered = await Recover("a");
        Assert.Equal(3, recovered.HighestSequenceNr);
        Assert.Null(recovered.Snapshot);
        Assert.Equal([1, 2, 3], recovered.Events.Select(item => item.SequenceNr));
        var item = recovered.Events[2];
        Assert.Equal((17, "event", 1003L), (item.SerializerId, item.Manifest, item.Timestamp));
        Assert.Equal("payload 3", Encoding.UTF8.GetString(item.Payload.Span));
    }

    [Fact]
    public async Task An_id_never_written_is_answered_at_once()
    {
        await Append("a", 1);
        var commits = _store.Status.Items;
        Recovered? answer = null;
        _store.Recover("never", (recovered, _) => answer = recovered);
        Assert.NotNull(answer); // at once, on this thread
        Assert.Equal(0, answer.HighestSequenceNr);
        Assert.Empty(answer.Events);
        Assert.Equal(commits, _store.Status.Items);
    }

    [Fact]
    public async Task A_recovery_right_behind_an_append_sees_it()
    {
        var append = Append("a", 1);
        var recovered = await Recover("a");
        Assert.Null(await append);
        Assert.Equal(1, recovered.HighestSequenceNr);
    }

    [Fact]
    public async Task The_newest_snapshot_and_the_events_after_it_are_recovered()
    {
        await Append("a", 1, 2, 3, 4, 5);
        Assert.Null(await Snapshot("a", 2));
        Assert.Null(await Snapshot("a", 4));
        Assert.Null(await Snapshot("a", 3));
        var recovered = await Recover("a");
        Assert.Equal(4, recovered.Snapshot!.Value.SequenceNr);
        Assert.Equal([5], recovered.Events.Select(item => item.SequenceNr));
        Assert.Null(await For(done => _store.DeleteSnapshots("a", 3, done)));
        Assert.Equal(4, (await Recover("a")).Snapshot!.Value.SequenceNr);
        Assert.Null(await For(done => _store.DeleteSnapshots("a", 4, done)));
        Assert.Equal(5, (await Recover("a")).Events.Count);
    }

    [Fact]
    public async Task The_highest_sequence_number_outlives_the_events()
    {
        await Append("a", 1, 2, 3);
        Assert.Null(await For(done => _store.DeleteEvents("a", 2, done)));
        Assert.Equal([3], (await Recover("a")).Events.Select(item => item.SequenceNr));
        Assert.Null(await For(done => _store.DeleteEvents("a", 3, done)));
        Reopen();
        var recovered = await Recover("a");
        Assert.Equal(3, recovered.HighestSequenceNr);
        Assert.Empty(recovered.Events);
        Assert.Null(await Append("a", 4));
    }

    [Fact]
    public async Task The_highest_sequence_number_outlives_a_snapshot_too()
    {
        await Append("a", 1, 2);
        await Snapshot("a", 2);
        await For(done => _store.DeleteEvents("a", 2, done));
        await For(done => _store.DeleteSnapshots("a", 2, done));
        Reopen();
        Assert.Equal(2, (await Recover("a")).HighestSequenceNr);
    }

    [Theory]
    [InlineData(new long[] { 2 })]
    [InlineData(new long[] { 4 })]
    [InlineData(new long[] { 3, 5 })]
    [InlineData(new long[] { 3, 3 })]
    public async Task Events_that_do_not_follow_are_refused_and_their_neighbours_are_not(long[] sequence)
    {
        await Append("a", 1, 2);
        var all = new[] { Append("b", 1), Append("a", sequence), Append("a", 3), Append("c", 1) };
        var failures = await Task.WhenAll(all);
        Assert.Null(failures[0]);
        Assert.IsType<ItemRefusedException>(failures[1]);
        Assert.Null(failures[2]);
        Assert.Null(failures[3]);
        Assert.Equal([1, 2, 3], (await Recover("a")).Events.Select(item => item.SequenceNr));
    }

    [Fact]
    public async Task Deleting_from_an_id_never_written_is_no_error()
    {
        Assert.Null(await For(done => _store.DeleteEvents("x", 9, done)));
        Assert.Null(await For(done => _store.DeleteSnapshots("x", 9, done)));
        Assert.Equal(0, (await Recover("x")).HighestSequenceNr);
    }

    [Fact]
    public async Task An_empty_payload_and_a_large_one_come_back()
    {
        var large = new byte[300_000];
        Random.Shared.NextBytes(large);
        Assert.Null(await For(done => _store.Append("a", [new StoredItem(1, 1, "", default, 0), new StoredItem(2, 1, new string('m', 500), large, 0)], done)));
        var events = (await Recover("a")).Events;
        Assert.Equal(0, events[0].Payload.Length);
        Assert.Equal(large, events[1].Payload.ToArray());
        Assert.Equal(500, events[1].Manifest.Length);
    }

    [Fact]
    public async Task Many_streams_at_once_keep_their_own_events()
    {
        var appends = new List<Task<Exception?>>();
        for (var seq = 1; seq <= 10; seq++)
        {
            for (var stream = 0; stream < 300; stream++) appends.Add(Append($"client-{stream}", seq));
        }
        Assert.All(await Task.WhenAll(appends), Assert.Null);
        Assert.InRange(_store.Status.Commits, 1, 600); // grouped: far fewer commits than the 3000 appends
        Reopen();
        for (var stream = 0; stream < 300; stream++) Assert.Equal(10, (await Recover($"client-{stream}")).Events.Count);
    }

    private static StoredItem Item(long seq) => new(seq, 17, "event", Encoding.UTF8.GetBytes($"payload {seq}"), 1000 + seq);

    private Task<Exception?> Append(string id, params long[] sequence) => For(done => _store.Append(id, [.. sequence.Select(Item)], done));

    private Task<Exception?> Snapshot(string id, long seq) => For(done => _store.SaveSnapshot(id, Item(seq), done));

    private async Task<Recovered> Recover(string id)
    {
        var done = new TaskCompletionSource<Recovered>(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.Recover(id, (recovered, failure) =>
        {
            if (failure is null) done.SetResult(recovered!);
            else done.SetException(failure);
        });
        return await done.Task;
    }

    private static Task<Exception?> For(Action<Action<Exception?>> call)
    {
        var done = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        call(done.SetResult);
        return done.Task;
    }

    private void Reopen()
    {
        _store.Dispose();
        _store = database.Open();
    }
}
