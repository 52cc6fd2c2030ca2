using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Sockets;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Dhcp;

/// <summary>
/// Hears what other DHCP servers say to clients on one interface, on a thread of its own, and has it remembered. Of what they send to one client alone a switch lets only some
/// pass; their broadcasts all come. Sends nothing.
/// </summary>
public sealed class DhcpWatcher : IDisposable
{
    private const int FrameSize = 1514;

    private readonly string _interface;
    private readonly OtherDhcpServers _others;
    private readonly TimeProvider _time;
    private readonly PacketListener _listener;
    private readonly byte[] _scratch = new byte[FrameSize];

    private DhcpWatcher(NetworkInterfaceInfo link, OtherDhcpServers others, DhcpCounters counters, TimeProvider time)
    {
        (_interface, _others, _time) = (link.Name, others, time);
        _listener = PacketListener.Start(PacketSocket.OpenDhcpAnswers(link.Index), $"dhcp others {link.Name}", FrameSize, Hear, counters.Fault);
    }

    /// <exception cref="SocketSetupException">CAP_NET_RAW is missing, the interface is gone …</exception>
    public static DhcpWatcher Start(NetworkInterfaceInfo link, OtherDhcpServers others, DhcpCounters counters, TimeProvider time) => new(link, others, counters, time);

    public void Dispose() => _listener.Dispose();

    /// <remarks>A checksum left to the sender's hardware is no reason not to see the server.</remarks>
    private void Hear(ReadOnlySpan<byte> frame)
    {
        if (!UdpFrame.TryParse(frame, out var udp, out var payload, out _, verifyChecksum: false)) return;
        if (!DhcpPacket.TryParse(payload, _scratch, out var packet, out _) || packet.Op != DhcpOp.Reply || !packet.HasMacAddress) return;
        if (packet.MessageType is not (DhcpMessageType.Offer or DhcpMessageType.Ack or DhcpMessageType.Nak)) return;
        var server = packet.TryGet(DhcpOptions.ServerIdentifier, out var named) ? named : udp.Source;
        _others.Heard(udp.SourceMac, packet.Chaddr, new OtherDhcpAnswer(server, packet.MessageType, packet.Yiaddr, _interface, _time.GetUtcNow()));
    }
}
