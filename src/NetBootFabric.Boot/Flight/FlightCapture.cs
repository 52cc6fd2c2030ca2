using System.Buffers.Binary;

namespace NetBootFabric.Boot.Flight;

/// <summary>Writes frames as a capture in the classic pcap format, times in microseconds: Wireshark, tshark and tcpdump read it.</summary>
public sealed class FlightCapture
{
    private const uint Magic = 0xA1B2_C3D4; // times in microseconds
    private const uint Ethernet = 1;
    private const int Head = 24, RecordHead = 16;
    private const uint LongestFrame = 262_144; // what tcpdump writes

    private readonly MemoryStream _octets = new();

    public FlightCapture()
    {
        Span<byte> head = stackalloc byte[Head];
        head.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(head, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], 2); // version 2.4
        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(head[16..], LongestFrame);
        BinaryPrimitives.WriteUInt32LittleEndian(head[20..], Ethernet);
        _octets.Write(head);
    }

    public void Add(DateTimeOffset at, FlightFrame frame)
    {
        Span<byte> head = stackalloc byte[RecordHead];
        var microseconds = (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        BinaryPrimitives.WriteUInt32LittleEndian(head, (uint)(microseconds / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)(microseconds % 1_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], frame.Octets.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], frame.Length);
        _octets.Write(head);
        _octets.Write(frame.Octets);
    }

    public byte[] ToArray() => _octets.ToArray();
}
