namespace NetBootFabric.Actors.Remote.Tls;

/// <summary>What the links of one transport share.</summary>
internal sealed record LinkHouse(TlsTransportOptions Options, LinkTls Tls, LinkMetrics Metrics, LinkNews News, RemoteReceiver Received)
{
    private long _lastId;

    /// <summary>Numbers of links grow for as long as the process lives.</summary>
    public long NextId() => Interlocked.Increment(ref _lastId);
}

/// <summary>
/// The link with one peer. Both nodes may dial, at the same time too; which connection is the link is decided by one of them alone, the one with the smaller name, so that
/// they never differ. The other one says hello with the number of the last link that it saw break; the deciding one takes the connection unless it has one that the other can't
/// have seen break, and says go with a higher number. Nobody sends a frame before that, so the connection that is not taken carries none.
/// </summary>
internal sealed partial class PeerLink : IDisposable
{
    private readonly LinkHouse _house;
    private readonly SendQueue _queue;
    private readonly bool _decides;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _turn = new();
    private LinkConnection? _current;
    private TaskCompletionSource? _whileUp;
    private Task _reading = Task.CompletedTask, _writing = Task.CompletedTask;
    private long _broken;
    private PeerLink? _before;
    private int _failures;
    private bool _closed;

    /// <param name="before">That with the peer's earlier process, whose last frame may still be in the receiver's hands.</param>
    public PeerLink(RemotePeer peer, LinkHouse house, PeerLink? before)
    {
        (Peer, _house, _before) = (peer, house, before);
        _decides = string.CompareOrdinal(house.Options.Name, peer.Name) < 0;
        _queue = new SendQueue(house.Options.SendQueueBytes);
        _ = Task.Run(KeepDialling);
    }

    public RemotePeer Peer { get; }

    public bool IsUp => Volatile.Read(ref _current) is not null;

    /// <summary>Why the peer could not be reached the last time it was tried; null when the link is up.</summary>
    public string? Problem { get; private set; }

    public bool Send(ReadOnlySpan<byte> frame)
    {
        if (_queue.TryAdd(frame)) return true;
        _house.Metrics.Drop("full");
        return false;
    }

    /// <summary>Carries a connection from the greeting until it breaks. False when it did not become the link.</summary>
    public async Task<bool> Serve(LinkConnection connection, CancellationToken limit)
    {
        try
        {
            if (!await Agree(connection, limit).ConfigureAwait(false)) return false;
            await Carry(connection).ConfigureAwait(false);
            return true;
        }
        finally
        {
            connection.Close();
            Leave(connection);
        }
    }

    /// <summary>Hangs up and drops what waits.</summary>
    public void Dispose()
    {
        LinkConnection? current;
        lock (_turn) (_closed, current) = (true, _current);
        _closing.Cancel();
        current?.Close();
        if (current is not null) Leave(current);
        _house.Metrics.Drop("no peer any more", _queue.Close());
    }

    private async Task<bool> Agree(LinkConnection connection, CancellationToken limit)
    {
        if (!_decides)
        {
            await connection.WriteControl(LinkFrameKind.Hello, Interlocked.Read(ref _broken), limit).ConfigureAwait(false);
            var given = await connection.ReadControl(LinkFrameKind.Go, limit).ConfigureAwait(false);
            return TryTake(connection, given, replaces: given - 1);
        }
        var broken = await connection.ReadControl(LinkFrameKind.Hello, limit).ConfigureAwait(false);
        var id = _house.NextId();
        if (!TryTake(connection, id, broken)) return false;
        await connection.WriteControl(LinkFrameKind.Go, id, limit).ConfigureAwait(false);
        return true;
    }

    /// <param name="replaces">The highest number of a link that gives way to this one.</param>
    private bool TryTake(LinkConnection connection, long id, long replaces)
    {
        LinkConnection? last;
        lock (_turn)
        {
            last = _current;
            if (_closed || (last is not null && last.Id > replaces)) return false;
            if (last is not null) Down(last);
            (connection.Id, _current, _failures, Problem) = (id, connection, 0, null);
            _whileUp ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _house.Metrics.Up();
            _house.News.Add(Peer.Name, up: true);
        }
        last?.Close();
        _house.News.Tell();
        return true;
    }

    private void Leave(LinkConnection connection)
    {
        lock (_turn)
        {
            if (_current != connection) return;
            Down(connection);
            _current = null;
            _whileUp?.TrySetResult();
            _whileUp = null;
        }
        _house.News.Tell();
    }

    private void Down(LinkConnection connection)
    {
        _broken = Math.Max(_broken, connection.Id);
        _house.Metrics.Broke();
        _house.News.Add(Peer.Name, up: false);
    }
}
