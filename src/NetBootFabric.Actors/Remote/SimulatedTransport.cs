namespace NetBootFabric.Actors.Remote;

/// <summary>One node's end of a <see cref="SimulatedNetwork"/>.</summary>
public sealed class SimulatedTransport : IRemoteTransport
{
    private readonly SimulatedNetwork _network;
    private readonly MessageDispatcher _dispatcher;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _up = [];
    private readonly Dictionary<string, Inbox> _inboxes = [];
    private Dictionary<string, RemotePeer> _peers = [];
    private RemoteReceiver? _received;
    private bool _closed;

    internal SimulatedTransport(SimulatedNetwork network, string name, MessageDispatcher dispatcher)
    {
        _network = network;
        _dispatcher = dispatcher;
        Name = name;
    }

    public string Name { get; }

    public event Action<string, bool>? LinkChanged;

    public void Start(RemoteReceiver received) => _received = received;

    public void SetPeers(IReadOnlyCollection<RemotePeer> peers)
    {
        lock (_gate) _peers = peers.ToDictionary(peer => peer.Name);
        _network.NoteLinks();
    }

    public bool Send(string peer, ReadOnlySpan<byte> frame)
    {
        if (frame.Length > IRemoteTransport.MaxFrame || !Knows(peer)) return false;
        var bytes = frame.ToArray();
        // Without a link a frame waits in vain: it is as lost as one that was under way.
        if (_network.Reach(this, peer) is not { } other || _network.Loses?.Invoke(Name, peer) == true) return true;
        var copies = _network.Duplicates?.Invoke(Name, peer) == true ? 2 : 1;
        while (copies-- > 0) other.Expect(this, bytes, _network.Delay?.Invoke(Name, peer) ?? TimeSpan.Zero);
        return true;
    }

    public bool IsConnected(string peer) => _network.Reach(this, peer) is not null;

    public void Dispose()
    {
        Close();
        _network.Remove(this);
    }

    internal bool Knows(string peer)
    {
        lock (_gate) return !_closed && _peers.ContainsKey(peer);
    }

    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _inboxes.Clear();
        }
    }

    internal void NoteLinks()
    {
        List<string> known;
        lock (_gate) known = [.. _peers.Keys.Union(_up).Order(StringComparer.Ordinal)];
        foreach (var peer in known)
        {
            var isUp = IsConnected(peer);
            lock (_gate)
            {
                if (isUp ? !_up.Add(peer) : !_up.Remove(peer)) continue;
            }
            _dispatcher.Schedule(() => LinkChanged?.Invoke(peer, isUp));
        }
    }

    private void Expect(SimulatedTransport sender, byte[] frame, TimeSpan delay)
    {
        Inbox inbox;
        lock (_gate)
        {
            if (!_inboxes.TryGetValue(sender.Name, out var known) || !ReferenceEquals(known.Sender, sender)) _inboxes[sender.Name] = known = new Inbox(sender);
            inbox = known;
            inbox.Frames.Enqueue(frame);
        }
        if (delay > TimeSpan.Zero) _ = _network.Time.CreateTimer(_ => Schedule(inbox), null, delay, Timeout.InfiniteTimeSpan);
        else Schedule(inbox);
    }

    private void Schedule(Inbox inbox) => _dispatcher.Schedule(() => HandOver(inbox));

    // Each turn hands over the oldest frame, whichever frame's turn it was meant to be, and one turn of a link runs at a time: the order stays.
    private void HandOver(Inbox inbox)
    {
        lock (inbox)
        {
            if (Next(inbox) is not { } frame || !ReferenceEquals(_network.Reach(inbox.Sender, Name), this)) return;
            _network.CountDelivery();
            _received?.Invoke(inbox.Sender.Name, frame);
        }
    }

    private byte[]? Next(Inbox inbox)
    {
        lock (_gate) return !_closed && inbox.Frames.TryDequeue(out var frame) ? frame : null;
    }

    private sealed class Inbox(SimulatedTransport sender)
    {
        public SimulatedTransport Sender => sender;
        public Queue<byte[]> Frames { get; } = new();
    }
}
