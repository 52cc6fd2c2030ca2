using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;

namespace NetBootFabric.Actors.Remote.Tls;

/// <summary>Frames between head nodes over TLS: one connection for each pair of them, both ends known by the fingerprints of their certificates.</summary>
public sealed class TlsTransport : IRemoteTransport
{
    private readonly TlsTransportOptions _options;
    private readonly Socket _listening;
    private readonly Lock _turn = new();
    private IReadOnlyCollection<RemotePeer> _wanted = [];
    private volatile FrozenDictionary<string, PeerLink> _links = FrozenDictionary<string, PeerLink>.Empty;
    private LinkHouse? _house;
    private LinkListener? _listener;
    private bool _disposed;

    /// <summary>Binds at once, so that <see cref="Endpoint"/> is known; answers and dials from <see cref="Start"/> on.</summary>
    /// <exception cref="SocketException">The address is not this machine's, or the port is taken.</exception>
    /// <exception cref="FormatException">The address is not <c>host:port</c>.</exception>
    public TlsTransport(TlsTransportOptions options)
    {
        _options = options;
        _listening = LinkSocket.Listen(HostPort.Resolve(options.Listen));
        Endpoint = (IPEndPoint)_listening.LocalEndPoint!;
    }

    /// <inheritdoc/>
    public event Action<string, bool>? LinkChanged;

    /// <summary>Where it listens, with the real port.</summary>
    public IPEndPoint Endpoint { get; }

    public LinkMetrics Metrics { get; } = new();

    /// <inheritdoc/>
    public void Start(RemoteReceiver received)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_house is not null) throw new InvalidOperationException("it was started before");
            var news = new LinkNews((peer, up) => LinkChanged?.Invoke(peer, up), Metrics);
            _house = new LinkHouse(_options, new LinkTls(_options.Certificate.Certificate), Metrics, news, received);
            _listener = new LinkListener(_listening, _house, PeerWith);
            _listener.Start();
            _ = Apply(_house);
        }
    }

    /// <summary>A peer whose address or fingerprint changed is another process: its link is made anew at once, and what waited for the earlier one is dropped.</summary>
    public void SetPeers(IReadOnlyCollection<RemotePeer> peers)
    {
        IReadOnlyList<PeerLink> gone;
        lock (_turn)
        {
            if (_disposed) return;
            _wanted = [.. peers.Where(peer => peer.Name != _options.Name).DistinctBy(peer => peer.Name)];
            gone = _house is null ? [] : Apply(_house);
        }
        foreach (var link in gone) link.Dispose(); // tells of it, so not under the lock
    }

    /// <inheritdoc/>
    public bool Send(string peer, ReadOnlySpan<byte> frame)
    {
        if (frame.Length > IRemoteTransport.MaxFrame) return Refuse("too long");
        return _links.TryGetValue(peer, out var link) ? link.Send(frame) : Refuse("no peer");
    }

    /// <inheritdoc/>
    public bool IsConnected(string peer) => _links.TryGetValue(peer, out var link) && link.IsUp;

    /// <summary>Why a peer could not be reached the last time it was tried; null when its link is up, or was not tried yet.</summary>
    public string? ProblemOf(string peer) => _links.GetValueOrDefault(peer)?.Problem;

    public void Dispose()
    {
        FrozenDictionary<string, PeerLink> links;
        lock (_turn)
        {
            if (_disposed) return;
            _disposed = true;
            (links, _links) = (_links, FrozenDictionary<string, PeerLink>.Empty);
            _listener?.Dispose();
        }
        _listening.Dispose();
        foreach (var link in links.Values) link.Dispose();
        Metrics.Dispose();
    }

    /// <summary>Returns the links that are no longer wanted.</summary>
    private PeerLink[] Apply(LinkHouse house)
    {
        var last = _links;
        var next = _wanted.ToFrozenDictionary(
            peer => peer.Name,
            peer => last.TryGetValue(peer.Name, out var kept) && kept.Peer == peer ? kept : new PeerLink(peer, house, kept));
        _links = next;
        return [.. last.Values.Where(link => next.GetValueOrDefault(link.Peer.Name) != link)];
    }

    private PeerLink? PeerWith(string fingerprint)
    {
        foreach (var link in _links.Values)
            if (link.Peer.Fingerprint == fingerprint) return link;
        return null;
    }

    private bool Refuse(string reason)
    {
        Metrics.Drop(reason);
        return false;
    }
}
