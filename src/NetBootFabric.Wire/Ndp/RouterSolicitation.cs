using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Wire.Ndp;

/// <summary>A host asks which routers are on its link (RFC 4861 §4.1).</summary>
/// <param name="Source">The host's link-local address, or :: when it has none yet.</param>
/// <param name="SourceMac">The source link-layer address option; null without one.</param>
public readonly record struct RouterSolicitation(Ipv6Address Source, MacAddress? SourceMac)
{
    /// <summary>8 = 1 type + 1 code + 2 checksum + 4 reserved.</summary>
    public const int Size = 8;

    /// <summary>70 = 14 Ethernet + 40 IPv6 + 8 + 8 option.</summary>
    public const int LargestFrame = NdpMessage.Offset + Size + NdpOptions.LinkLayerAddressSize;

    /// <summary>33:33:00:00:00:02, the group of all routers (RFC 2464 §7).</summary>
    public static MacAddress AllRouters => new(0x3333_0000_0002);

    /// <summary>Takes what RFC 4861 §6.1.1 calls valid. Never throws.</summary>
    /// <param name="bytes">An IPv6 packet: what the frame carries.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RouterSolicitation solicitation, out NdpRefusal refusal)
    {
        solicitation = default;
        refusal = NdpRefusal.NotIpv6;
        if (!Ipv6Packet.TryParse(bytes, out var packet, out _)) return false;
        refusal = NdpMessage.Check(packet, NdpMessage.Solicitation, Size, out var sourceMac);
        if (refusal == NdpRefusal.None && packet.Source.IsAny && sourceMac is not null) refusal = NdpRefusal.BadSource;
        if (refusal == NdpRefusal.None) solicitation = new RouterSolicitation(packet.Source, sourceMac);
        return refusal == NdpRefusal.None;
    }

    /// <summary>Writes a frame to all routers; false when it does not fit.</summary>
    /// <param name="length">62 octets, or 70 with the option.</param>
    public bool TryWriteFrame(Span<byte> buffer, MacAddress sender, out int length)
    {
        length = SourceMac is null ? LargestFrame - NdpOptions.LinkLayerAddressSize : LargestFrame;
        if (buffer.Length < length) return false;
        var frame = buffer[..length];
        frame.Clear();
        frame[NdpMessage.Offset] = NdpMessage.Solicitation;
        if (SourceMac is { } named) NdpOptions.WriteSource(frame[(NdpMessage.Offset + Size)..], named);
        NdpMessage.Frame(frame, sender, AllRouters, Source, Ipv6Address.AllRouters);
        return true;
    }
}
