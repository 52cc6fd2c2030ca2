using System.Buffers.Binary;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Wire.Ndp;

/// <summary>A router's answer (RFC 4861 §4.2), without options: it names no prefix. The default value says nothing at all: not even that its sender routes.</summary>
public readonly record struct RouterAdvertisement
{
    /// <summary>16 = 4 type, code, checksum + 1 hop limit + 1 flags + 2 lifetime + 4 reachable time + 4 retransmission timer.</summary>
    public const int Size = 16;

    /// <summary>70 = 14 Ethernet + 40 IPv6 + 16.</summary>
    public const int FrameSize = NdpMessage.Offset + Size;

    private const int HopLimitOffset = 4, FlagsOffset = 5, LifetimeOffset = 6, ReachableOffset = 8, RetransmissionOffset = 12;
    private const byte Managed = 0x80, Other = 0x40;

    /// <summary>What hosts shall put in their packets; 0 says nothing.</summary>
    public byte HopLimit { get; init; }

    /// <summary>M: addresses come from DHCPv6.</summary>
    public bool IsManaged { get; init; }

    /// <summary>O: other settings come from DHCPv6.</summary>
    public bool HasOtherSettings { get; init; }

    /// <summary>Seconds that the sender is a default router; 0: it is none.</summary>
    public ushort Lifetime { get; init; }

    /// <summary>Milliseconds; 0 says nothing.</summary>
    public uint ReachableTime { get; init; }

    /// <summary>Milliseconds; 0 says nothing.</summary>
    public uint RetransmissionTimer { get; init; }

    /// <summary>Takes what RFC 4861 §6.1.2 calls valid; options are skipped. Never throws.</summary>
    /// <param name="bytes">An IPv6 packet: what the frame carries.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RouterAdvertisement advertisement, out NdpRefusal refusal)
    {
        advertisement = default;
        refusal = NdpRefusal.NotIpv6;
        if (!Ipv6Packet.TryParse(bytes, out var packet, out _)) return false;
        refusal = NdpMessage.Check(packet, NdpMessage.Advertisement, Size, out _);
        if (refusal == NdpRefusal.None && !packet.Source.IsLinkLocal) refusal = NdpRefusal.BadSource;
        if (refusal == NdpRefusal.None) advertisement = Read(packet.Payload);
        return refusal == NdpRefusal.None;
    }

    /// <summary>Writes a frame of 70 octets; false when it does not fit.</summary>
    public bool TryWriteFrame(Span<byte> buffer, MacAddress sourceMac, MacAddress destinationMac, Ipv6Address source, Ipv6Address destination)
    {
        if (buffer.Length < FrameSize) return false;
        var message = buffer[NdpMessage.Offset..FrameSize];
        message.Clear();
        message[0] = NdpMessage.Advertisement;
        message[HopLimitOffset] = HopLimit;
        message[FlagsOffset] = (byte)((IsManaged ? Managed : 0) | (HasOtherSettings ? Other : 0));
        BinaryPrimitives.WriteUInt16BigEndian(message[LifetimeOffset..], Lifetime);
        BinaryPrimitives.WriteUInt32BigEndian(message[ReachableOffset..], ReachableTime);
        BinaryPrimitives.WriteUInt32BigEndian(message[RetransmissionOffset..], RetransmissionTimer);
        NdpMessage.Frame(buffer[..FrameSize], sourceMac, destinationMac, source, destination);
        return true;
    }

    private static RouterAdvertisement Read(ReadOnlySpan<byte> message) => new()
    {
        HopLimit = message[HopLimitOffset],
        IsManaged = (message[FlagsOffset] & Managed) != 0,
        HasOtherSettings = (message[FlagsOffset] & Other) != 0,
        Lifetime = BinaryPrimitives.ReadUInt16BigEndian(message[LifetimeOffset..]),
        ReachableTime = BinaryPrimitives.ReadUInt32BigEndian(message[ReachableOffset..]),
        RetransmissionTimer = BinaryPrimitives.ReadUInt32BigEndian(message[RetransmissionOffset..]),
    };
}
