using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Akka.Configuration;
using Akka.Remote.Transport;
using NetBootFabric.Cluster.Membership;

namespace NetBootFabric.Cluster.Links;

/// <summary>
/// Akka.Remote's transport between head nodes: TCP under mutual TLS. Akka's own (DotNetty) ends the whole actor system when a handshake with somebody that it dialled fails, and one fails
/// whenever a head node dies at that moment, or is not known to the other yet. Here such a handshake ends that connection, nothing else.
/// </summary>
public sealed class LinkTransport : Transport
{
    /// <summary>A connection that is no link by then is closed: strangers hold none for long.</summary>
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(3);

    /// <summary>Diallers that shake hands at once; more are hung up on.</summary>
    private const int MostHandshakes = 64;

    private readonly LinkHandshake _handshake;
    private readonly IPEndPoint _endpoint;
    private readonly LinkMetrics _metrics = new();
    private readonly ConcurrentDictionary<LinkAssociation, bool> _links = new();
    private readonly CancellationTokenSource _end = new();
    private Socket? _listener;
    private Address _self = null!;
    private int _handshakes;

    public LinkTransport(ActorSystem system, Config config)
    {
        (System, Config) = (system, config);
        SchemeIdentifier = "ssl.tcp";
        MaximumPayloadBytes = config.GetByteSize("maximum-frame-size", 0) ?? 0;
        var setup = system.Settings.Setup.Get<MembershipSetup>();
        if (!setup.HasValue) throw new InvalidOperationException("links need a membership, which tells who the others are");
        _handshake = new LinkHandshake(setup.Value.Certificate.Certificate, setup.Value.Trust);
        _endpoint = new IPEndPoint(IPAddress.Parse(config.GetString("hostname")), config.GetInt("port"));
    }

    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var listener = new Socket(_endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(_endpoint);
        listener.Listen(128);
        _listener = listener;
        _self = AddressOf((IPEndPoint)listener.LocalEndPoint!);
        var events = new TaskCompletionSource<IAssociationEventListener>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = AcceptAsync(listener, events.Task);
        return Task.FromResult((_self, events));
    }

    public override bool IsResponsibleFor(Address remote) => true;

    /// <exception cref="InvalidAssociationException">Nobody answers there, or it is not the member that it should be.</exception>
    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        using var limit = new CancellationTokenSource(HandshakeTime);
        var socket = new Socket(_endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(remoteAddress.Host!), remoteAddress.Port!.Value, limit.Token).ConfigureAwait(false);
            var stream = await _handshake.DialAsync(socket, PeerAddress.EndpointOf(remoteAddress), limit.Token).ConfigureAwait(false);
            return Keep(new LinkAssociation(_self, remoteAddress, stream, (int)MaximumPayloadBytes, _metrics));
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException or OperationCanceledException or ObjectDisposedException or FormatException)
        {
            socket.Dispose();
            throw new InvalidAssociationException($"no link to {remoteAddress}: {failure.Message}", failure);
        }
    }

    public override async Task<bool> Shutdown()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        _listener?.Dispose();
        foreach (var link in _links.Keys) link.Dispose();
        _metrics.Dispose();
        return true;
    }

    private async Task AcceptAsync(Socket listener, Task<IAssociationEventListener> events)
    {
        try
        {
            while (true)
            {
                if (await AcceptAsync(listener).ConfigureAwait(false) is not { } socket) continue;
                if (Interlocked.Increment(ref _handshakes) <= MostHandshakes) _ = AnswerAsync(socket, events);
                else
                {
                    Interlocked.Decrement(ref _handshakes);
                    _metrics.Refuse("too many");
                    socket.Dispose();
                }
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Shut down.
        }
    }

    /// <summary>Null: the dialler went before it was accepted.</summary>
    private async Task<Socket?> AcceptAsync(Socket listener)
    {
        try
        {
            return await listener.AcceptAsync(_end.Token).ConfigureAwait(false);
        }
        catch (SocketException) when (!_end.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task AnswerAsync(Socket socket, Task<IAssociationEventListener> events)
    {
        try
        {
            socket.NoDelay = true;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            limit.CancelAfter(HandshakeTime);
            var remote = AddressOf((IPEndPoint)socket.RemoteEndPoint!);
            var stream = await _handshake.AnswerAsync(socket, limit.Token).ConfigureAwait(false);
            var link = Keep(new LinkAssociation(_self, remote, stream, (int)MaximumPayloadBytes, _metrics));
            (await events.ConfigureAwait(false)).Notify(new InboundAssociation(link));
        }
        catch (Exception failure) when (failure is SocketException or IOException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            _metrics.Refuse(failure is AuthenticationException ? "certificate" : "handshake");
            socket.Dispose();
        }
        finally
        {
            Interlocked.Decrement(ref _handshakes);
        }
    }

    private LinkAssociation Keep(LinkAssociation link)
    {
        foreach (var closed in _links.Keys.Where(static each => each.IsClosed)) _links.TryRemove(closed, out _);
        _links[link] = true;
        if (_end.IsCancellationRequested) link.Dispose();
        return link;
    }

    private Address AddressOf(IPEndPoint endpoint) => new(SchemeIdentifier, System.Name, endpoint.Address.ToString(), endpoint.Port);
}
