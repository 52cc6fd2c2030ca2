namespace NetBootFabric.Actors.Dispatch;

/// <summary>
/// What one thread wakes between <see cref="Begin"/> and the end of the batch is run together, in order, and with it what that wakes in turn: a hundred messages that came at once
/// cost one wake-up of a thread, or none, and not a hundred. For dispatchers on the thread pool; others order their work themselves.
/// </summary>
public sealed class DispatchBatch : IThreadPoolWorkItem, IDisposable
{
    /// <summary>A batch that goes on waking others is divided after so many pieces, so that other threads may help, and the one that runs it can go back to its own work.</summary>
    internal const int Limit = 512;

    [ThreadStatic]
    private static DispatchBatch? s_open;

    [ThreadStatic]
    private static DispatchBatch? s_own;

    private readonly List<IThreadPoolWorkItem> _work = [];
    private readonly bool _runsHere;

    private DispatchBatch(bool runsHere) => _runsHere = runsHere;

    /// <summary>A batch that this thread runs itself when it is disposed. Null when one is open already, which then takes everything.</summary>
    public static DispatchBatch? Begin() => s_open is null ? s_open = s_own ??= new DispatchBatch(runsHere: true) : null;

    /// <summary>A batch that another thread runs once it is disposed. Null when one is open already.</summary>
    public static DispatchBatch? BeginForOthers() => s_open is null ? s_open = new DispatchBatch(runsHere: false) : null;

    /// <summary>False: no batch is open on this thread.</summary>
    internal static bool TryAdd(IThreadPoolWorkItem work)
    {
        if (s_open is not { } open) return false;
        open._work.Add(work);
        return true;
    }

    public void Dispose()
    {
        if (_runsHere) Run();
        else HandOver();
    }

    void IThreadPoolWorkItem.Execute()
    {
        s_open = this;
        Run();
    }

    private void HandOver()
    {
        s_open = null;
        if (_work.Count > 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Run()
    {
        var done = 0;
        try
        {
            while (done < _work.Count && done < Limit) _work[done++].Execute();
        }
        finally
        {
            s_open = null;
            Leave(done);
            _work.Clear();
        }
    }

    private void Leave(int from)
    {
        if (from >= _work.Count) return;
        var rest = new DispatchBatch(runsHere: false);
        rest._work.AddRange(_work[from..]);
        rest.HandOver();
    }
}
