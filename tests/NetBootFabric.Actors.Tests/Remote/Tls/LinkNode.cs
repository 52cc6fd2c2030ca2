using System.Threading.Channels;
using NetBootFabric.Actors.Remote;
using NetBootFabric.Actors.Remote.Tls;

namespace NetBootFabric.Actors.Tests.Remote.Tls;

/// <summary>A transport on loopback and what it was told: frames in the order they came, and links.</summary>
internal sealed class LinkNode : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<(string Sender, byte[] Frame)> _frames = Channel.CreateUnbounded<(string, byte[])>();
    private readonly Channel<(string Peer, bool Up)> _links = Channel.CreateUnbounded<(string, bool)>();

    public LinkNode(string name, Func<TlsTransportOptions, TlsTransportOptions>? change = null, string listen = "127.0.0.1:0")
    {
        Name = name;
        Certificate = NodeCertificate.Create(name, TimeProvider.System);
        var options = new TlsTransportOptions { Name = name, Listen = listen, Certificate = Certificate, LongestBackoff = TimeSpan.FromMilliseconds(200), DeadAfter = Patience, HandshakeLimit = Patience };
        Transport = new TlsTransport(change is null ? options : change(options));
        Transport.LinkChanged += (peer, up) => _links.Writer.TryWrite((peer, up));
    }

    public string Name { get; }
    public NodeCertificate Certificate { get; }
    public TlsTransport Transport { get; }
    public RemotePeer AsPeer => new(Name, Transport.Endpoint.ToString(), Certificate.Fingerprint);

    /// <summary>Called in the receiver, before the frame is noted.</summary>
    public Action<byte[]>? Hold { get; init; }

    public LinkNode Start(params RemotePeer[] peers)
    {
        Transport.SetPeers(peers);
        Transport.Start((sender, frame) =>
        {
            var copy = frame.ToArray();
            Hold?.Invoke(copy);
            _frames.Writer.TryWrite((sender, copy));
        });
        return this;
    }

    public async Task<(string Sender, byte[] Frame)> Frame() => await _frames.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public async Task Link(string peer, bool up)
    {
        while (await _links.Reader.ReadAsync().AsTask().WaitAsync(Patience) != (peer, up))
        {
        }
    }

    public void Dispose()
    {
        Transport.Dispose();
        Certificate.Dispose();
    }

    /// <summary>Two that know each other and whose link is up.</summary>
    public static async Task<(LinkNode A, LinkNode B)> Pair(Func<TlsTransportOptions, TlsTransportOptions>? change = null)
    {
        var (a, b) = (new LinkNode("a", change), new LinkNode("b", change));
        a.Start(b.AsPeer);
        b.Start(a.AsPeer);
        await a.Link("b", up: true);
        await b.Link("a", up: true);
        return (a, b);
    }

    /// <summary>Asks again and again, without a pause of its own; for what nobody tells of.</summary>
    public static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
