using NetBootFabric.Boot.Clients;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ndp;

namespace NetBootFabric.Ndp;

/// <summary>
/// Tells firmware that asks for IPv6 routers on one interface that there is nothing to wait for: iPXE asks before it boots over IPv4, and without
/// an answer it waits for a quarter of a minute. The advertisement has lifetime 0 and no options, so that its sender is no router to anybody and nobody
/// takes an address or a route from it (RFC 4861 §6.3.4). Only machines that are being booted are answered, each alone.
/// </summary>
public sealed class RouterAdvertiser : IDisposable
{
    private const int FrameSize = 256;

    private readonly PacketSocket _socket;
    private readonly MacAddress _mac;
    private readonly Ipv6Address _source;
    private readonly Solicitations _solicitations;
    private readonly NdpMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly PacketListener _listener;

    private RouterAdvertiser(NetworkInterfaceInfo link, IBootingClients clients, NdpMetrics metrics, TimeProvider time)
    {
        (_mac, _metrics, _time) = (new MacAddress(link.Mac), metrics, time);
        _source = link.LinkLocal is { } address ? new Ipv6Address(address) : Ipv6Address.LinkLocal(_mac);
        _solicitations = new Solicitations(_mac, clients);
        _socket = PacketSocket.OpenRouterSolicitations(link.Index);
        _listener = PacketListener.Start(_socket, $"ndp {link.Name}", FrameSize, Hear, _ => metrics.Faulted());
    }

    /// <summary>Frames that passed the kernel's filter but found the queue full.</summary>
    public long Drops => _socket.Drops;

    /// <exception cref="SocketSetupException">CAP_NET_RAW is missing, the interface is gone …</exception>
    public static RouterAdvertiser Start(NetworkInterfaceInfo link, IBootingClients clients, NdpMetrics metrics, TimeProvider time) => new(link, clients, metrics, time);

    public void Dispose() => _listener.Dispose();

    private void Hear(ReadOnlySpan<byte> frame)
    {
        if (!EthernetFrame.TryParse(frame, out var ethernet, out _)) _metrics.Reject(NdpRefusal.NotIpv6);
        else if (!RouterSolicitation.TryParse(ethernet.Payload, out var solicitation, out var refusal)) _metrics.Reject(refusal);
        else if (!_solicitations.TryAnswer(ethernet.Source, solicitation, _time.GetUtcNow(), out var destination, out var silence)) _metrics.Ignore(silence);
        else Answer(ethernet.Source, destination);
    }

    private void Answer(MacAddress client, Ipv6Address destination)
    {
        Span<byte> frame = stackalloc byte[RouterAdvertisement.FrameSize];
        var written = default(RouterAdvertisement).TryWriteFrame(frame, _mac, client, _source, destination);
        if (written && _socket.Send(frame) == Errno.None) _metrics.Answer();
        else _metrics.Faulted();
    }
}
