using System.Collections.Concurrent;
using NetBootFabric.Boot.Transfers;
using NetBootFabric.HttpBoot.Admission;
using NetBootFabric.HttpBoot.Requests;
using NetBootFabric.HttpBoot.Responses;
using NetBootFabric.Sockets;

namespace NetBootFabric.HttpBoot.Serving;

/// <summary>What another thread has for a connection's own.</summary>
internal enum PostedWork
{
    Opened,
    Admitted,
}

/// <summary>One thread that serves many connections, none of which it ever waits for alone.</summary>
internal sealed class HttpLoop : IDisposable
{
    private const int EventsAtOnce = 512;
    private const int ReceiveSize = 16 * 1024;
    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(250), Second = TimeSpan.FromSeconds(1);

    private readonly HttpServices _services;
    private readonly StreamPoll _poll = new(EventsAtOnce);
    private readonly ConnectionTable _table = new();
    private readonly Acceptance _acceptance;
    private readonly ConcurrentQueue<(HttpConnection Connection, PostedWork Work)> _posted = new();
    private readonly ConcurrentQueue<StreamSocket> _adopted = new();
    private readonly Queue<HttpConnection> _queue = new();
    private readonly PriorityQueue<HttpConnection, TimeSpan> _reminders = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously), _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _born;
    private TimeSpan _nextSample, _nextTick;
    private volatile bool _drain, _abort;

    public HttpLoop(HttpServices services, Door door)
    {
        _services = services;
        _born = services.Time.GetTimestamp();
        _acceptance = new Acceptance(services, door, this);
        // A head that is not all there stays in front, and more comes in behind it.
        Input = GC.AllocateUninitializedArray<byte>(services.Options.MaximumHeaderBytes + ReceiveSize, pinned: true);
        Output = GC.AllocateUninitializedArray<byte>(HeadWriter.MaximumLength + SharedGate.SmallBody, pinned: true);
        Stopping = _stopping.Token;
    }

    /// <summary>For what is being read, and for what is being sent, within one call.</summary>
    public byte[] Input { get; }
    public byte[] Output { get; }
    public KnownTargets Targets { get; } = new();

    /// <summary>Those with a large body on its way.</summary>
    public HashSet<HttpConnection> Large { get; } = [];

    /// <summary>Since the loop was made, at the beginning of this round.</summary>
    public TimeSpan Now { get; private set; }
    public DateTimeOffset Date { get; private set; }
    public CancellationToken Stopping { get; }
    public bool IsDraining => _drain;

    /// <summary>Connections. Any thread may ask.</summary>
    public int Count => _table.Count;

    /// <summary>Files and scripts that are being sent. Any thread may ask.</summary>
    public int Downloading { get; set; }

    /// <summary>Done when no listener is waited for any more, and when the thread is over.</summary>
    public Task Closed => _closed.Task;
    public Task Ended => _ended.Task;

    public IEnumerable<HttpDownload> DownloadsOlderThan(TimeSpan age) => _table.OlderThan(age);

    public void Start(int number) => new Thread(Run) { IsBackground = true, Name = $"http-{number}" }.Start();

    /// <summary>Takes no more connections, and ends with the last one.</summary>
    public void Drain()
    {
        _drain = true;
        _poll.Wake();
    }

    /// <summary>Cuts off who is still there.</summary>
    public void Abort()
    {
        _abort = true;
        Drain();
    }

    /// <summary>Any thread.</summary>
    public void Post(HttpConnection connection, PostedWork work)
    {
        _posted.Enqueue((connection, work));
        _poll.Wake();
    }

    /// <summary>Any thread.</summary>
    public void Adopt(StreamSocket socket)
    {
        _adopted.Enqueue(socket);
        _poll.Wake();
    }

    public void Add(StreamSocket socket)
    {
        var connection = new HttpConnection(this, _services, socket);
        _table.Add(connection);
        if (_drain || _poll.Add(socket, connection.Slot) != Errno.None) connection.Break();
    }

    public void Remove(HttpConnection connection)
    {
        _table.Remove(connection);
        _services.Quota.Leave(connection.Peer.Value);
        HttpBootMetrics.Connections.Add(-1);
    }

    /// <summary>Comes back to a connection that waits; at most one reminder each.</summary>
    public void Remind(HttpConnection connection, TimeSpan after) => _reminders.Enqueue(connection, Now + after);

    /// <summary>It goes on after the others had their turn.</summary>
    public void Queue(HttpConnection connection)
    {
        if (connection.IsQueued) return;
        connection.IsQueued = true;
        _queue.Enqueue(connection);
    }

    public void Dispose()
    {
        while (_adopted.TryDequeue(out var late)) late.Close();
        _poll.Dispose();
        _stopping.Dispose();
    }

    private void Run()
    {
        Look();
        _acceptance.Open(_poll);
        while (!_drain) Round();
        _acceptance.Close(_poll);
        _closed.SetResult();
        _stopping.Cancel();
        foreach (var connection in _table.All) connection?.EndSoon();
        while (!_abort && (_table.Count > 0 || !_adopted.IsEmpty)) Round();
        TakePosted();
        foreach (var connection in _table.All) connection?.Break();
        _ended.SetResult();
    }

    private void Round()
    {
        var count = _poll.Wait(Timeout);
        Look();
        for (var i = 0; i < count; i++)
        {
            var events = _poll.Read(i, out var token);
            if (events == StreamEvents.None) continue;
            if (token < 0) _acceptance.Accept(_poll, token);
            else Try(_table[token], events, static (connection, seen) => connection.On(seen));
        }
        TakePosted();
        TakeQueued();
        TakeReminders();
        Repeat();
        _table.EndRound();
    }

    private int Timeout => _queue.Count > 0 ? 0 : _table.Count == 0 && !_acceptance.IsPaused ? -1 : Math.Max(1, (int)Math.Ceiling((NextDue - Now).TotalMilliseconds));

    private TimeSpan NextDue => _reminders.TryPeek(out _, out var due) && due < _nextSample ? due : _nextSample;

    private void Look()
    {
        Now = _services.Time.GetElapsedTime(_born);
        Date = _services.Time.GetUtcNow();
    }

    private void TakePosted()
    {
        while (_adopted.TryDequeue(out var socket)) Add(socket);
        while (_posted.TryDequeue(out var posted))
        {
            if (!posted.Connection.IsClosed) Try(posted.Connection, posted.Work, static (connection, work) => connection.On(work));
        }
    }

    private void TakeQueued()
    {
        for (var left = _queue.Count; left > 0; left--)
        {
            var connection = _queue.Dequeue();
            connection.IsQueued = false;
            if (!connection.IsClosed) Try(connection, StreamEvents.None, static (each, none) => each.On(none));
        }
    }

    private void TakeReminders()
    {
        while (_reminders.TryPeek(out var connection, out var due) && due <= Now)
        {
            _reminders.Dequeue();
            if (!connection.IsClosed) Try(connection, 0, static (each, _) => each.Nourish());
        }
    }

    private void Repeat()
    {
        if (Now < _nextSample) return;
        _nextSample = Now + Sampling;
        foreach (var connection in Large) connection.Sample();
        _services.Gate.Decide(Sampling);
        if (Now < _nextTick) return;
        _nextTick = Now + Second;
        _acceptance.Resume(_poll);
        foreach (var connection in _table.All) Try(connection, 0, static (each, _) => each.Tick());
    }

    // Whatever one connection does to us, the others go on.
    private void Try<T>(HttpConnection? connection, T what, Action<HttpConnection, T> act)
    {
        try
        {
            if (connection is not null) act(connection, what);
        }
        catch (Exception fault)
        {
            Fault(connection!, fault);
        }
    }

    private void Fault(HttpConnection connection, Exception fault)
    {
        _services.Faults.Add(fault);
        try
        {
            connection.Break();
        }
        catch (Exception again)
        {
            _services.Faults.Add(again);
        }
    }
}
