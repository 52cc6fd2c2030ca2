using System.Buffers.Binary;
using NetBootFabric.Wire.Ethernet;

namespace NetBootFabric.Wire.Arp;

/// <summary>One ARP packet for IPv4 over Ethernet (RFC 826): what the frame carries.</summary>
public readonly record struct ArpPacket(
    ArpOperation Operation, MacAddress SenderMac, Ipv4Address SenderAddress, MacAddress TargetMac, Ipv4Address TargetAddress)
{
    /// <summary>28 = 8 types, lengths and operation + 2 x (6 + 4) addresses.</summary>
    public const int Size = 28;

    /// <summary>42 = 14 Ethernet + 28. Short of the smallest frame; the interface pads it.</summary>
    public const int FrameSize = EthernetFrame.HeaderSize + Size;

    private const ushort EthernetHardware = 1;

    /// <summary>Never throws. Octets behind the packet are a short frame's padding.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ArpPacket packet, out ArpRefusal refusal)
    {
        packet = default;
        refusal = Check(bytes);
        if (refusal != ArpRefusal.None) return false;
        packet = new ArpPacket(
            (ArpOperation)BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]),
            MacAddress.Read(bytes[8..]), Ipv4Address.Read(bytes[14..]),
            MacAddress.Read(bytes[18..]), Ipv4Address.Read(bytes[24..]));
        return true;
    }

    /// <summary>Writes 28 octets; false when they don't fit.</summary>
    public bool TryWrite(Span<byte> buffer)
    {
        if (buffer.Length < Size) return false;
        BinaryPrimitives.WriteUInt16BigEndian(buffer, EthernetHardware);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)EtherType.Ipv4);
        buffer[4] = MacAddress.Size;
        buffer[5] = Ipv4Address.Size;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[6..], (ushort)Operation);
        SenderMac.Write(buffer[8..]);
        SenderAddress.Write(buffer[14..]);
        TargetMac.Write(buffer[18..]);
        TargetAddress.Write(buffer[24..]);
        return true;
    }

    /// <summary>Writes a frame of 42 octets from the sender's MAC; false when they don't fit.</summary>
    public bool TryWriteFrame(Span<byte> buffer, MacAddress destination)
    {
        if (buffer.Length < FrameSize) return false;
        EthernetFrame.WriteHeader(buffer, destination, SenderMac, EtherType.Arp);
        return TryWrite(buffer[EthernetFrame.HeaderSize..]);
    }

    /// <summary>Who has the address? To be broadcast.</summary>
    public static ArpPacket Request(MacAddress mac, Ipv4Address address, Ipv4Address wanted) =>
        new(ArpOperation.Request, mac, address, default, wanted);

    /// <summary>Asks whether an address is in use without claiming any: the sender's address is 0 (RFC 5227 §2.1.1). To be broadcast.</summary>
    public static ArpPacket Probe(MacAddress mac, Ipv4Address wanted) => Request(mac, Ipv4Address.Any, wanted);

    /// <summary>Claims an address: sender and target are the same (RFC 5227 §2.3). To be broadcast.</summary>
    public static ArpPacket Announcement(MacAddress mac, Ipv4Address address) => Request(mac, address, address);

    /// <summary>Our answer to a request for an address of ours; goes to its sender.</summary>
    public ArpPacket Answer(MacAddress mac) => new(ArpOperation.Reply, mac, TargetAddress, SenderMac, SenderAddress);

    /// <summary>RFC 5227 §1.1.</summary>
    public bool IsProbe => Operation == ArpOperation.Request && SenderAddress.IsAny && !TargetAddress.IsAny;

    /// <summary>RFC 5227 §1.1 and §3: a request, or as some systems send it a reply, for the sender's own address.</summary>
    public bool IsAnnouncement => SenderAddress == TargetAddress && !SenderAddress.IsAny;

    /// <summary>
    /// True when someone other than <paramref name="owner"/> uses <paramref name="address"/> (RFC 5227 §2.4) or probes for it as well (§2.1.1).
    /// </summary>
    public bool ConflictsWith(MacAddress owner, Ipv4Address address) =>
        SenderMac != owner && (SenderAddress == address || (IsProbe && TargetAddress == address));

    private static ArpRefusal Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size) return ArpRefusal.TooShort;
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes) != EthernetHardware || bytes[4] != MacAddress.Size) return ArpRefusal.NotEthernet;
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) != (ushort)EtherType.Ipv4 || bytes[5] != Ipv4Address.Size) return ArpRefusal.NotIpv4;
        return bytes[6] == 0 && bytes[7] is 1 or 2 ? ArpRefusal.None : ArpRefusal.UnknownOperation;
    }
}
