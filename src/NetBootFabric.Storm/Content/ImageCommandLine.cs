using System.Buffers.Binary;
using System.Text;

namespace NetBootFabric.Storm.Content;

/// <summary>Finds the command line inside a unified kernel image while that is loaded: the section .cmdline of a PE file. Anything else has none.</summary>
internal sealed class ImageCommandLine
{
    private const int HeadOctets = 4096, SectionSize = 40, LongestLine = 8192;

    private readonly byte[] _head = new byte[HeadOctets];
    private int _headLength;
    private long _start;
    private byte[]? _line;

    /// <summary>Null without one.</summary>
    public string? CommandLine => _line is null ? null : Encoding.UTF8.GetString(_line.AsSpan().TrimEnd((byte)0)).Trim();

    /// <summary>Each octet once; the head comes in order and before what lies behind it.</summary>
    public void Take(long offset, ReadOnlySpan<byte> octets)
    {
        if (_line is not null) Keep(offset, octets);
        else if (offset == _headLength && _headLength < HeadOctets) TakeHead(offset, octets);
    }

    private void TakeHead(long offset, ReadOnlySpan<byte> octets)
    {
        var head = octets[..Math.Min(octets.Length, HeadOctets - _headLength)];
        head.CopyTo(_head.AsSpan(_headLength));
        _headLength += head.Length;
        if (Find(_head.AsSpan(0, _headLength)) is not { } found) return;
        (_start, _line) = (found.Start, new byte[found.Length]);
        Keep(offset, octets);
    }

    private void Keep(long offset, ReadOnlySpan<byte> octets)
    {
        var from = Math.Max(offset, _start);
        var to = Math.Min(offset + octets.Length, _start + _line!.Length);
        if (from < to) octets[(int)(from - offset)..(int)(to - offset)].CopyTo(_line.AsSpan((int)(from - _start)));
    }

    /// <summary>Where it lies in the file. Never throws.</summary>
    private static (long Start, int Length)? Find(ReadOnlySpan<byte> head)
    {
        if (head.Length < 0x40 || !head.StartsWith("MZ"u8)) return null;
        var pe = BinaryPrimitives.ReadUInt32LittleEndian(head[0x3C..]);
        if (pe + 24 > head.Length || !head[(int)pe..].StartsWith("PE\0\0"u8)) return null;
        var sections = BinaryPrimitives.ReadUInt16LittleEndian(head[((int)pe + 6)..]);
        var at = (int)pe + 24 + BinaryPrimitives.ReadUInt16LittleEndian(head[((int)pe + 20)..]); // 24 = 4 signature + 20 COFF header
        for (; sections > 0 && at + SectionSize <= head.Length; sections--, at += SectionSize)
        {
            var section = head.Slice(at, SectionSize);
            if (!section.StartsWith(".cmdline"u8)) continue;
            var length = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(section[8..]), BinaryPrimitives.ReadUInt32LittleEndian(section[16..]));
            return (BinaryPrimitives.ReadUInt32LittleEndian(section[20..]), (int)Math.Min(length, LongestLine));
        }
        return null;
    }
}
