using System.Buffers.Binary;
using System.Text;
using NetBootFabric.Wire;

namespace NetBootFabric.Boot.Flight;

/// <summary>How an entry stands in a ring: length (2), protocol and flags (1), time in microseconds since 1970 (8); of a packet source (6), destination (6), length (2), payload; of a note its text.</summary>
internal static class FlightFormat
{
    /// <summary>A DHCP message of an Ethernet frame; of longer ones the rest is not remembered.</summary>
    public const int LongestPayload = 1472;

    public const int LongestNote = 240;

    /// <summary>11 = 2 length + 1 protocol and flags + 8 time.</summary>
    public const int NoteHead = 11;

    /// <summary>25 = 11 + 6 source + 6 destination + 2 length.</summary>
    public const int PacketHead = NoteHead + 14;

    private const byte ProtocolBits = 0x07, Sent = 0x08, Again = 0x10, Note = 0x20, Packed = 0x40;

    public static void WritePacket(Span<byte> head, long at, in FlightPacket packet, int length, int bodyLength, bool packed)
    {
        var flags = (packet.Sent ? Sent : 0) | (packet.Again ? Again : 0) | (packed ? Packed : 0);
        WriteStart(head, at, PacketHead + bodyLength, (byte)((byte)packet.Protocol | flags));
        packet.Source.Write(head[11..]);
        BinaryPrimitives.WriteUInt16BigEndian(head[15..], packet.SourcePort);
        packet.Destination.Write(head[17..]);
        BinaryPrimitives.WriteUInt16BigEndian(head[21..], packet.DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(head[23..], (ushort)Math.Min(length, ushort.MaxValue));
    }

    public static void WriteNote(Span<byte> head, long at, FlightProtocol protocol, int bodyLength) =>
        WriteStart(head, at, NoteHead + bodyLength, (byte)((byte)protocol | Note));

    /// <summary>Printable ASCII; of anything else a question mark.</summary>
    public static int WriteText(Span<byte> body, string text)
    {
        var length = Math.Min(text.Length, body.Length);
        for (var i = 0; i < length; i++) body[i] = text[i] is >= ' ' and < '\x7f' ? (byte)text[i] : (byte)'?';
        return length;
    }

    public static IReadOnlyList<FlightEntry> Read(ReadOnlySpan<byte> records)
    {
        var entries = new List<FlightEntry>();
        while (records.Length >= NoteHead)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(records);
            entries.Add(ReadOne(records[..length]));
            records = records[length..];
        }
        return entries;
    }

    public static bool IsReceived(ReadOnlySpan<byte> record, FlightProtocol protocol) =>
        record[2] is var flags && (flags & (Note | Sent)) == 0 && (flags & ProtocolBits) == (byte)protocol;

    private static void WriteStart(Span<byte> head, long at, int length, byte flags)
    {
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)length);
        head[2] = flags;
        BinaryPrimitives.WriteInt64BigEndian(head[3..], at);
    }

    private static FlightEntry ReadOne(ReadOnlySpan<byte> record)
    {
        var flags = record[2];
        var protocol = (FlightProtocol)(flags & ProtocolBits);
        var at = DateTimeOffset.UnixEpoch.AddTicks(BinaryPrimitives.ReadInt64BigEndian(record[3..]) * TimeSpan.TicksPerMicrosecond);
        if ((flags & Note) != 0) return new FlightEntry { At = at, Packet = new FlightPacket { Protocol = protocol }, Note = Encoding.ASCII.GetString(record[NoteHead..]) };
        var packet = new FlightPacket(
            protocol, (flags & Sent) != 0,
            Ipv4Address.Read(record[11..]), BinaryPrimitives.ReadUInt16BigEndian(record[15..]),
            Ipv4Address.Read(record[17..]), BinaryPrimitives.ReadUInt16BigEndian(record[21..]))
        {
            Length = BinaryPrimitives.ReadUInt16BigEndian(record[23..]),
            Again = (flags & Again) != 0,
        };
        var body = record[PacketHead..];
        return new FlightEntry { At = at, Packet = packet, Payload = (flags & Packed) != 0 ? ZeroRuns.Unpack(body) : body.ToArray() };
    }
}
