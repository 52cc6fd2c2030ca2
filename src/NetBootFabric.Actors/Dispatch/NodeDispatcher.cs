namespace NetBootFabric.Actors.Dispatch;

/// <summary>Passes work on, unless its node is paused or dead.</summary>
internal sealed class NodeDispatcher : MessageDispatcher
{
    private readonly MessageDispatcher _inner;
    private readonly DispatcherContext _context;
    private readonly Lock _gate = new();
    private readonly Queue<IThreadPoolWorkItem> _held = new();
    private bool _paused;
    private bool _dead;

    public NodeDispatcher(MessageDispatcher inner)
    {
        _inner = inner;
        _context = new DispatcherContext(this);
    }

    public override int Throughput => _inner.Throughput;

    public override SynchronizationContext Context => _context;

    internal override bool OrdersCompletions => _inner.OrdersCompletions;

    public bool IsPaused
    {
        get
        {
            lock (_gate) return _paused;
        }
    }

    public bool IsDead
    {
        get
        {
            lock (_gate) return _dead;
        }
    }

    public override void Execute(IThreadPoolWorkItem work)
    {
        lock (_gate)
        {
            if (_dead) return;
            if (!_paused)
            {
                _inner.Execute(new Piece(this, work));
                return;
            }
            _held.Enqueue(work);
        }
    }

    public void Pause()
    {
        lock (_gate) _paused = !_dead;
    }

    public void Resume()
    {
        lock (_gate)
        {
            _paused = false;
            while (_held.TryDequeue(out var work)) _inner.Execute(new Piece(this, work));
        }
    }

    public void Kill()
    {
        lock (_gate)
        {
            _dead = true;
            _paused = false;
            _held.Clear();
        }
    }

    /// <summary>Looks again when its turn comes: the node may have been paused in the meantime.</summary>
    private sealed class Piece(NodeDispatcher node, IThreadPoolWorkItem work) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            lock (node._gate)
            {
                if (node._dead) return;
                if (node._paused)
                {
                    node._held.Enqueue(work);
                    return;
                }
            }
            work.Execute();
        }
    }
}
