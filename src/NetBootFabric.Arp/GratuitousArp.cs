using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;

namespace NetBootFabric.Arp;

/// <summary>
/// Tells a whole segment that an address lives at this interface now, so that caches that still name another machine are corrected at once
/// (RFC 5227 §2.3, RFC 5944 §4.6). For service addresses that a survivor takes over.
/// </summary>
public sealed class GratuitousArp(NetworkInterfaceInfo link) : IDisposable
{
    private readonly PacketSocket _socket = PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = link.Index });

    /// <summary>Sends both forms once: caches differ in whether a request or a reply makes them change an entry.</summary>
    public Errno Announce(Ipv4Address address)
    {
        var announcement = ArpPacket.Announcement(new MacAddress(link.Mac), address);
        var first = Send(announcement);
        var second = Send(announcement with { Operation = ArpOperation.Reply, TargetMac = new MacAddress(link.Mac) });
        return first == Errno.None ? second : first;
    }

    public void Dispose() => _socket.Dispose();

    private Errno Send(ArpPacket packet)
    {
        Span<byte> frame = stackalloc byte[ArpPacket.FrameSize];
        return packet.TryWriteFrame(frame, MacAddress.Broadcast) ? _socket.Send(frame) : Errno.EINVAL;
    }
}
