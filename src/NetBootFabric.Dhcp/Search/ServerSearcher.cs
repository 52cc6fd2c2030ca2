using System.Security.Cryptography;
using NetBootFabric.Boot.Dhcp;
using NetBootFabric.Sockets;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Dhcp;

/// <param name="Identifier">Option 54, else the sender's address.</param>
/// <param name="Mac">Who sent the OFFER: the server, or a relay agent before it.</param>
/// <param name="Offered">0.0.0.0: a proxyDHCP server, which names boot files only.</param>
public readonly record struct FoundServer(Ipv4Address Identifier, MacAddress Mac, Ipv4Address Offered)
{
    public bool IsProxy => Offered.IsAny;
}

/// <summary>
/// Asks on one interface which DHCP servers other than the fabric's answer there: with a DISCOVER of a machine that does not exist, as network boot firmware sends it. Takes no address; a server
/// may hold one for a minute or two, as for any client that asks and goes away.
/// </summary>
public static class ServerSearcher
{
    private const int Questions = 2; // one may be lost
    private const int LongestFrame = 1514;
    private const ushort Everything = 3; // ETH_P_ALL

    /// <summary>Every server that answered within <paramref name="patience"/>, which is used up.</summary>
    /// <exception cref="SocketSetupException">CAP_NET_RAW is missing, the interface is gone …</exception>
    public static IReadOnlyList<FoundServer> Look(NetworkInterfaceInfo link, TimeSpan patience, TimeProvider time)
    {
        // A server may answer the machine alone, which has a hardware address of its own: for this host, frames of other VLANs look like that, too, unless the socket sees tags.
        using var socket = PacketSocket.Open(new PacketSocketOptions { InterfaceIndex = link.Index, EtherType = Everything, Filter = PacketFilter.DhcpAnswersToAnybody, Promiscuous = true });
        var machine = MadeUpMachine();
        var xid = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
        var found = new List<FoundServer>();
        for (var i = 0; i < Questions; i++)
        {
            Ask(socket, machine, xid);
            Hear(socket, machine, xid, patience / Questions, time, found);
        }
        return found;
    }

    /// <summary>Locally administered (the second lowest bit of the first octet), and nobody's group.</summary>
    private static MacAddress MadeUpMachine()
    {
        Span<byte> octets = stackalloc byte[MacAddress.Size];
        RandomNumberGenerator.Fill(octets);
        octets[0] = (byte)((octets[0] & 0xFC) | 0x02);
        return MacAddress.Read(octets);
    }

    private static void Ask(PacketSocket socket, MacAddress machine, uint xid)
    {
        Span<byte> octets = stackalloc byte[LongestFrame];
        if (!TryWrite(octets[UdpFrame.HeaderSize..], machine, xid, out var length)) return;
        var frame = new UdpFrame
        {
            SourceMac = machine,
            DestinationMac = MacAddress.Broadcast,
            Source = Ipv4Address.Any,
            SourcePort = DhcpPacket.ClientPort,
            Destination = Ipv4Address.Broadcast,
            DestinationPort = DhcpPacket.ServerPort,
        };
        if (frame.TryWriteHeaders(octets, length, out var whole)) socket.Send(octets[..whole]);
    }

    private static bool TryWrite(Span<byte> buffer, MacAddress machine, uint xid, out int length)
    {
        var writer = new DhcpWriter(buffer, DhcpOp.Request) { Chaddr = machine, Xid = xid, Flags = DhcpPacket.BroadcastFlag };
        writer.Add(DhcpOptions.MessageType, DhcpMessageType.Discover);
        writer.Add(DhcpOptions.VendorClass, "PXEClient:Arch:00007:UNDI:003000"); // proxyDHCP servers answer nobody else
        writer.AddOctets(DhcpOptions.ClientArchitecture.Code, [0, 7]);
        writer.AddOctets(DhcpOptions.ParameterRequestList.Code, [1, 3, 54, 60, 66, 67]);
        writer.AddOctets(DhcpOptions.ClientIdentifier.Code, ServerSearch.ClientIdentifier);
        return writer.TryFinish(out length);
    }

    private static void Hear(PacketSocket socket, MacAddress machine, uint xid, TimeSpan patience, TimeProvider time, List<FoundServer> found)
    {
        var batch = new FrameBatch(frameSize: 2048);
        var began = time.GetTimestamp();
        while (patience - time.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            socket.Receive(batch, left);
            for (var i = 0; i < batch.Count; i++)
                if (Read(batch[i], machine, xid) is { } server && !found.Contains(server)) found.Add(server);
        }
    }

    private static FoundServer? Read(Frame heard, MacAddress machine, uint xid)
    {
        if (heard.Kind == PacketKind.Outgoing) return null;
        if (!UdpFrame.TryParse(heard.Bytes, out var frame, out var payload, out _, verifyChecksum: false)) return null;
        if (!DhcpPacket.TryParse(payload, new byte[payload.Length], out var packet, out _)) return null;
        if (packet.Op != DhcpOp.Reply || packet.Xid != xid || packet.Chaddr != machine || packet.MessageType is not (DhcpMessageType.Offer or DhcpMessageType.Ack)) return null;
        return new FoundServer(packet.TryGet(DhcpOptions.ServerIdentifier, out var identifier) ? identifier : frame.Source, frame.SourceMac, packet.Yiaddr);
    }
}
