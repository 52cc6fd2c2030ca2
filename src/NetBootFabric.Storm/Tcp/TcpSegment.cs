using System.Buffers.Binary;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Ip;

namespace NetBootFabric.Storm.Tcp;

[Flags]
internal enum TcpFlags : byte
{
    None = 0,
    Fin = 1,
    Syn = 2,
    Reset = 4,
    Push = 8,
    Ack = 16,
}

/// <summary>The header of a TCP segment (RFC 9293 §3.1).</summary>
internal readonly record struct TcpSegment
{
    public const byte Protocol = 6;
    /// <summary>20 octets without options.</summary>
    public const int HeaderSize = 20;

    public required ushort SourcePort { get; init; }
    public required ushort DestinationPort { get; init; }
    public required uint Sequence { get; init; }
    public required uint Acknowledged { get; init; }
    public required TcpFlags Flags { get; init; }
    /// <summary>As it stands in the header, unscaled.</summary>
    public required ushort Window { get; init; }

    public bool Has(TcpFlags flag) => (Flags & flag) != 0;

    /// <summary>Lengths are checked, the checksum is not: between virtual interfaces it is left to a card that is not there. Never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TcpSegment segment, out ReadOnlySpan<byte> options, out ReadOnlySpan<byte> payload)
    {
        segment = default;
        options = payload = default;
        if (bytes.Length < HeaderSize) return false;
        var header = (bytes[12] >> 4) * 4;
        if (header < HeaderSize || header > bytes.Length) return false;
        options = bytes[HeaderSize..header];
        payload = bytes[header..];
        segment = new TcpSegment
        {
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(bytes),
            DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            Sequence = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]),
            Acknowledged = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
            Flags = (TcpFlags)bytes[13],
            Window = BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]),
        };
        return true;
    }

    /// <summary>Writes the header and its checksum around options (padded to four octets) and a payload that stand behind it already.</summary>
    public void Write(Span<byte> bytes, int optionsLength, Ipv4Address source, Ipv4Address destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], Acknowledged);
        bytes[12] = (byte)((HeaderSize + optionsLength) / 4 << 4);
        bytes[13] = (byte)Flags;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], Window);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], 0); // checksum and urgent pointer
        var pseudoHeader = (ulong)source.Value + destination.Value + Protocol + (uint)bytes.Length;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[16..], InternetChecksum.Compute(bytes, pseudoHeader));
    }
}
