using NetBootFabric.Boot.Membership;

namespace NetBootFabric.Testing.Membership;

/// <summary>One node's way to an <see cref="InMemoryClusterStore"/>, with the faults of a network: slow, cut, or silent.</summary>
public sealed class InMemoryClusterConnection : IClusterStore
{
    private readonly InMemoryClusterStore _store;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<Action> _unanswered = [];

    internal InMemoryClusterConnection(InMemoryClusterStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
    }

    /// <summary>Time from the call to its completion; the database does it after half of it.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>While true, calls fail and change nothing.</summary>
    public bool IsCut { get; set; }

    /// <summary>While true, calls are done but their completions wait for <see cref="Answer"/>, as when answers are lost and the connection is not yet given up.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Asked for each call by its name, before it is done and again after; an exception is what the caller gets.</summary>
    public Func<string, bool, Exception?>? Fault { get; set; }

    /// <summary>Calls made.</summary>
    public int Calls { get; private set; }

    /// <summary>Ends <see cref="IsSilent"/>.</summary>
    public void Answer()
    {
        List<Action> waiting;
        lock (_gate)
        {
            IsSilent = false;
            waiting = [.. _unanswered];
            _unanswered.Clear();
        }
        foreach (var completion in waiting) completion();
    }

    public void Join(MemberIdentity member, Action<long, Exception?> completed) => Call(nameof(Join), () => _store.Join(member), completed);

    public void Beat(string member, long incarnation, StoredStatus status, Action<ClusterView?, Exception?> completed) =>
        Call<ClusterView?>(nameof(Beat), () => _store.Beat(member, incarnation, status), completed);

    public void Fence(string member, long incarnation, long beat, Action<bool, Exception?> completed) =>
        Call(nameof(Fence), () => _store.Fence(member, incarnation, beat), completed);

    public void Take(string member, long incarnation, IReadOnlyList<int> shards, Action<IReadOnlyList<ShardRow>, Exception?> completed) =>
        Call(nameof(Take), () => _store.Take(member, incarnation, shards), (rows, failure) => completed(rows ?? [], failure));

    public void Acquire(string member, long incarnation, IReadOnlyList<int> shards, Action<IReadOnlyList<ShardRow>, Exception?> completed) =>
        Call(nameof(Acquire), () => _store.Acquire(member, incarnation, shards), (rows, failure) => completed(rows ?? [], failure));

    public void Release(string member, long incarnation, IReadOnlyList<ShardRow> shards, Action<IReadOnlyList<ShardRow>, Exception?> completed) =>
        Call(nameof(Release), () => _store.Release(member, incarnation, shards), (rows, failure) => completed(rows ?? [], failure));

    public void HandOver(string member, long incarnation, IReadOnlyList<ShardRow> shards, string to, Action<IReadOnlyList<ShardRow>, Exception?> completed) =>
        Call(nameof(HandOver), () => _store.HandOver(member, incarnation, shards, to), (rows, failure) => completed(rows ?? [], failure));

    public void Leave(string member, long incarnation, Action<Exception?> completed) => Call(nameof(Leave), () =>
    {
        _store.Leave(member, incarnation);
        return true;
    }, (_, failure) => completed(failure));

    private void Call<T>(string name, Func<T> apply, Action<T?, Exception?> completed)
    {
        Calls++;
        After(Delay / 2, () =>
        {
            T? result = default;
            var failure = FaultOf(name, isDone: false);
            if (failure is null)
            {
                result = apply();
                failure = FaultOf(name, isDone: true);
            }
            After(Delay / 2, () => Complete(() => completed(failure is null ? result : default, failure)));
        });
    }

    private Exception? FaultOf(string name, bool isDone) =>
        IsCut || _store.IsDown ? new IOException("The database is out of reach") : Fault?.Invoke(name, isDone);

    private void Complete(Action completion)
    {
        lock (_gate)
        {
            if (IsSilent)
            {
                _unanswered.Add(completion);
                return;
            }
        }
        completion();
    }

    private void After(TimeSpan delay, Action action)
    {
        if (delay > TimeSpan.Zero) _ = _time.CreateTimer(_ => action(), null, delay, Timeout.InfiniteTimeSpan);
        else action();
    }
}
