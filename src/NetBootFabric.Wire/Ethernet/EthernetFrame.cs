using System.Buffers.Binary;

namespace NetBootFabric.Wire.Ethernet;

/// <summary>A view of one Ethernet II frame without preamble and check sequence. Up to two 802.1Q tags are skipped.</summary>
public readonly ref struct EthernetFrame
{
    /// <summary>14 = 6 destination + 6 source + 2 type.</summary>
    public const int HeaderSize = 14;

    private const int TypeOffset = 12;
    private const int TagSize = 4;
    private const int MostTags = 2;
    /// <summary>Smaller numbers are a length (IEEE 802.3 §3.2.6).</summary>
    private const int SmallestType = 0x0600;

    private readonly ReadOnlySpan<byte> _bytes;

    private EthernetFrame(ReadOnlySpan<byte> bytes, EtherType type, ushort vlanId, int payloadOffset)
    {
        _bytes = bytes;
        Type = type;
        VlanId = vlanId;
        Payload = bytes[payloadOffset..];
    }

    /// <summary>Never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out EthernetFrame frame, out FrameRefusal refusal)
    {
        frame = default;
        ushort vlanId = 0;
        var offset = TypeOffset;
        for (var tags = 0; tags <= MostTags; tags++, offset += TagSize)
        {
            if (bytes.Length < offset + sizeof(ushort)) return Refuse(FrameRefusal.FrameTooShort, out refusal);
            var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);
            if (type < SmallestType) return Refuse(FrameRefusal.NotEthernetII, out refusal);
            if ((EtherType)type is not (EtherType.Vlan or EtherType.ServiceVlan))
            {
                frame = new EthernetFrame(bytes, (EtherType)type, vlanId, offset + sizeof(ushort));
                refusal = FrameRefusal.None;
                return true;
            }
            if (bytes.Length < offset + TagSize) return Refuse(FrameRefusal.FrameTooShort, out refusal);
            vlanId = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(bytes[(offset + 2)..]) & 0x0FFF);
        }
        return Refuse(FrameRefusal.TooManyTags, out refusal);
    }

    /// <summary>Writes the 14 octets of an untagged header; the buffer must hold them.</summary>
    public static void WriteHeader(Span<byte> buffer, MacAddress destination, MacAddress source, EtherType type)
    {
        destination.Write(buffer);
        source.Write(buffer[MacAddress.Size..]);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[TypeOffset..], (ushort)type);
    }

    public MacAddress Destination => MacAddress.Read(_bytes);
    public MacAddress Source => MacAddress.Read(_bytes[MacAddress.Size..]);

    /// <summary>What stands behind the tags.</summary>
    public EtherType Type { get; }

    /// <summary>The innermost tag's VLAN; 0 without a tag, and for a tag that only gives a priority.</summary>
    public ushort VlanId { get; }

    /// <summary>What is carried, with the padding of a short frame.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    private static bool Refuse(FrameRefusal why, out FrameRefusal refusal)
    {
        refusal = why;
        return false;
    }
}
