using NetBootFabric.Actors.Persistence.Store;
using NetBootFabric.Boot.Leases;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Postgres;

/// <summary>One client that renews its lease and appends an event in turn, and remembers what was acknowledged.</summary>
internal sealed class RestartedWriter(INodeStore store, int number)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(int Goal, TaskCompletionSource Reached)> _goals = [];
    private volatile bool _stops;
    private int _acknowledgedLease;
    private long _acknowledgedEvent;
    private int _step;

    public int Number => number;
    public Task Ended => _ended.Task;
    public int Acknowledged => Volatile.Read(ref _acknowledgedLease);

    private string Stream => $"stream-{number}";

    public void Start() => NextLease();

    public void Stop() => _stops = true;

    public Task Reached(int step)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_goals) _goals.Add((step, reached));
        return reached.Task;
    }

    /// <summary>The last one tried may have been written without our hearing of it.</summary>
    public async Task Check(Lease found)
    {
        Assert.InRange(found.ExpiresAt, At(_acknowledgedLease), At(_step));
        var recovered = await Recover();
        Assert.InRange(recovered.HighestSequenceNr, _acknowledgedEvent, _acknowledgedEvent + 1);
        Assert.Equal(Enumerable.Range(1, (int)recovered.HighestSequenceNr).Select(seq => (long)seq), recovered.Events.Select(item => item.SequenceNr));
    }

    private static DateTimeOffset At(int step) => new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(step);

    private void NextLease()
    {
        if (_stops)
        {
            _ended.SetResult();
            return;
        }
        _step++;
        store.Commit(Lease(number, number, At(_step)), 0, outcome =>
        {
            if (outcome == LeaseCommit.Committed) Acknowledge();
            NextEvent();
        });
    }

    private void Acknowledge()
    {
        Volatile.Write(ref _acknowledgedLease, _step);
        lock (_goals)
        {
            foreach (var (goal, reached) in _goals)
            {
                if (_step >= goal) reached.TrySetResult();
            }
        }
    }

    /// <summary>As a persistent actor does: after a failure it learns from the store where it is.</summary>
    private void NextEvent() => store.Append(Stream, [new StoredItem(_acknowledgedEvent + 1, 1, "", default, 0)], failure =>
    {
        if (failure is null) _acknowledgedEvent++;
        if (failure is null) NextLease();
        else Relearn();
    });

    private void Relearn() => store.Recover(Stream, (recovered, failure) =>
    {
        if (recovered is not null) _acknowledgedEvent = Math.Max(_acknowledgedEvent, recovered.HighestSequenceNr);
        NextLease();
    });

    private Task<Recovered> Recover()
    {
        var done = new TaskCompletionSource<Recovered>(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Recover(Stream, (recovered, failure) =>
        {
            if (failure is null) done.SetResult(recovered!);
            else done.SetException(failure);
        });
        return done.Task;
    }
}
