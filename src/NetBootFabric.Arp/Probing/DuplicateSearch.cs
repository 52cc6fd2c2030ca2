using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Ethernet;

namespace NetBootFabric.Arp;

/// <summary>Asks on one interface whether somebody else uses an address of this machine (RFC 5227 §2.1.1): clients would then reach the one or the other.</summary>
public static class DuplicateSearch
{
    /// <summary>Each other user of one of the addresses, heard within <paramref name="patience"/>, which is used up.</summary>
    /// <exception cref="SocketSetupException">CAP_NET_RAW is missing, the interface is gone …</exception>
    public static IReadOnlyList<(Ipv4Address Address, MacAddress User)> Look(NetworkInterfaceInfo link, IReadOnlyList<Ipv4Address> addresses, HostAddresses host, TimeSpan patience, TimeProvider time)
    {
        using var socket = PacketSocket.OpenArp(link.Index);
        Span<byte> frame = stackalloc byte[ArpPacket.FrameSize];
        foreach (var address in addresses)
            if (ArpPacket.Probe(new MacAddress(link.Mac), address).TryWriteFrame(frame, MacAddress.Broadcast)) socket.Send(frame);
        var found = new List<(Ipv4Address, MacAddress)>();
        var batch = new FrameBatch(frameSize: 64);
        var began = time.GetTimestamp();
        while (patience - time.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            socket.Receive(batch, left);
            for (var i = 0; i < batch.Count; i++)
                if (Read(batch[i]) is { } packet && addresses.Contains(packet.SenderAddress) && !host.IsOurs(packet.SenderMac) && !found.Contains((packet.SenderAddress, packet.SenderMac)))
                    found.Add((packet.SenderAddress, packet.SenderMac));
        }
        return found;
    }

    private static ArpPacket? Read(Frame frame) =>
        frame.Kind != PacketKind.Outgoing && EthernetFrame.TryParse(frame.Bytes, out var ethernet, out _) && ArpPacket.TryParse(ethernet.Payload, out var packet, out _) ? packet : null;
}
