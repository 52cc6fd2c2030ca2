using NetBootFabric.Boot.Leases;
using static NetBootFabric.Storage.Tests.Waiting;

namespace NetBootFabric.Storage.Tests.Postgres;

/// <summary>One client that renews its lease again and again, and remembers what was acknowledged.</summary>
internal sealed class RestartedWriter(INodeStore store, int number)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(int Goal, TaskCompletionSource Reached)> _goals = [];
    private volatile bool _stops;
    private int _acknowledgedLease;
    private int _step;

    public int Number => number;
    public Task Ended => _ended.Task;
    public int Acknowledged => Volatile.Read(ref _acknowledgedLease);

    public void Start() => NextLease();

    public void Stop() => _stops = true;

    public Task Reached(int step)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_goals) _goals.Add((step, reached));
        return reached.Task;
    }

    /// <summary>The last one tried may have been written without our hearing of it.</summary>
    public void Check(Lease found) => Assert.InRange(found.ExpiresAt, At(_acknowledgedLease), At(_step));

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
            NextLease();
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
}
