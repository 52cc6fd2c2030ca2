namespace NetBootFabric.Actors.Dispatch;

/// <summary>
/// Runs everything on the thread that pumps it, one piece at a time, in an order drawn from the seed: the same seed gives the same run.
/// Each actor's own order and the order between two actors stay what they are with any dispatcher.
/// </summary>
public sealed class DeterministicDispatcher : MessageDispatcher
{
    private readonly List<IThreadPoolWorkItem> _ready = [];
    private readonly Random _random;
    private readonly DispatcherContext _context;

    public DeterministicDispatcher(int seed)
    {
        Seed = seed;
        _random = new Random(seed);
        _context = new DispatcherContext(this);
    }

    public int Seed { get; }

    // One message a turn, so that the seed can interleave actors everywhere.
    public override int Throughput => 1;

    public override SynchronizationContext Context => _context;

    internal override bool OrdersCompletions => true;

    /// <summary>Pieces of work done so far.</summary>
    public long Steps { get; private set; }

    public override void Execute(IThreadPoolWorkItem work)
    {
        lock (_ready) _ready.Add(work);
    }

    /// <summary>Does one piece of work; false when there is none.</summary>
    public bool RunOne()
    {
        IThreadPoolWorkItem work;
        lock (_ready)
        {
            if (_ready.Count == 0) return false;
            var at = _random.Next(_ready.Count);
            work = _ready[at];
            _ready[at] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
        }
        Steps++;
        work.Execute();
        return true;
    }
}
