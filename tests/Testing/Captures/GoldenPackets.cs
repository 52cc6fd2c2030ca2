using NetBootFabric.Wire;
using NetBootFabric.Wire.Arp;
using NetBootFabric.Wire.Dhcp;
using NetBootFabric.Wire.Ethernet;
using NetBootFabric.Wire.Ip;
using NetBootFabric.Wire.Tftp;

namespace NetBootFabric.Testing.Captures;

/// <summary>A packet without its headers. That of a trimmed frame is filled up with zeros to its length on the wire.</summary>
public sealed record GoldenPacket(string Capture, int Frame, byte[] Octets, bool IsTrimmed)
{
    public override string ToString() => $"{Capture} frame {Frame}";
}

/// <summary>What real firmware, loaders and servers sent: the captures of tests/Packets, which stand in this assembly.</summary>
public static class GoldenPackets
{
    private const string Folder = "Packets/";

    public static IReadOnlyList<string> Captures { get; } =
        [.. typeof(GoldenPackets).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..]).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<CapturedFrame> Frames(string capture)
    {
        using var resource = typeof(GoldenPackets).Assembly.GetManifestResourceStream(Folder + capture)
            ?? throw new ArgumentException($"there is no capture {capture}", nameof(capture));
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return PcapngReader.Read(copy.ToArray());
    }

    public static IEnumerable<GoldenPacket> Dhcp(string capture) =>
        Udp(capture).Where(one => IsDhcp(one.Udp)).Select(one => one.Packet);

    public static IEnumerable<GoldenPacket> Arp(string capture)
    {
        foreach (var frame in Frames(capture))
            if (EthernetFrame.TryParse(frame.Octets, out var ethernet, out _) && ethernet.Type == EtherType.Arp)
                yield return new GoldenPacket(capture, frame.Number, ethernet.Payload[..ArpPacket.Size].ToArray(), frame.IsTrimmed);
    }

    /// <summary>A request to port 69 names the client's port; what comes from there or goes there is its transfer (RFC 1350 §4).</summary>
    public static IEnumerable<GoldenPacket> Tftp(string capture)
    {
        var clients = new HashSet<(Ipv4Address, ushort)>();
        foreach (var (packet, udp) in Udp(capture))
        {
            if (udp.DestinationPort == TftpPacket.ServerPort) clients.Add((udp.Source, udp.SourcePort));
            if (clients.Contains((udp.Source, udp.SourcePort)) || clients.Contains((udp.Destination, udp.DestinationPort))) yield return packet;
        }
    }

    private static bool IsDhcp(UdpFrame udp) =>
        udp.SourcePort is DhcpPacket.ServerPort or DhcpPacket.ClientPort or DhcpPacket.ProxyPort
        || udp.DestinationPort is DhcpPacket.ServerPort or DhcpPacket.ClientPort or DhcpPacket.ProxyPort;

    private static IEnumerable<(GoldenPacket Packet, UdpFrame Udp)> Udp(string capture)
    {
        foreach (var frame in Frames(capture))
        {
            var octets = frame.Octets;
            Array.Resize(ref octets, frame.OriginalLength);
            if (UdpFrame.TryParse(octets, out var udp, out var payload, out _, verifyChecksum: !frame.IsTrimmed))
                yield return (new GoldenPacket(capture, frame.Number, payload.ToArray(), frame.IsTrimmed), udp);
        }
    }
}
