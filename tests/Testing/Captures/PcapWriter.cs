using System.Buffers.Binary;

namespace NetBootFabric.Testing.Captures;

/// <summary>Writes Ethernet frames to a capture in the classic pcap format, one millisecond apart.</summary>
public sealed class PcapWriter : IDisposable
{
    private const uint Magic = 0xA1B2C3D4;
    private const uint Ethernet = 1;

    private readonly FileStream _file;
    private int _frames;

    public PcapWriter(string path)
    {
        _file = File.Create(path);
        Span<byte> header = stackalloc byte[24];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2); // version 2.4
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], ushort.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], Ethernet);
        _file.Write(header);
    }

    public void Write(ReadOnlySpan<byte> frame)
    {
        Span<byte> record = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(record, _frames / 1000);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], _frames % 1000 * 1000);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], frame.Length);
        _file.Write(record);
        _file.Write(frame);
        _frames++;
    }

    public void Dispose() => _file.Dispose();
}
