using System.Buffers.Binary;

namespace NetBootFabric.Testing.Captures;

/// <summary>Reads Ethernet frames from a pcapng capture in little-endian order (draft-ietf-opsawg-pcapng).</summary>
public static class PcapngReader
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;
    private const uint LittleEndianMagic = 0x1A2B3C4D;
    private const ushort Ethernet = 1;
    private const int BlockHead = 8; // type and length

    public static IReadOnlyList<CapturedFrame> Read(string path) => Read(File.ReadAllBytes(path));

    /// <exception cref="InvalidDataException">The octets are no such capture.</exception>
    public static IReadOnlyList<CapturedFrame> Read(ReadOnlySpan<byte> capture)
    {
        var frames = new List<CapturedFrame>();
        var ticksPerSecond = new List<double>();
        while (!capture.IsEmpty)
        {
            var block = TakeBlock(ref capture, out var type);
            switch (type)
            {
                case SectionHeader when BinaryPrimitives.ReadUInt32LittleEndian(block) != LittleEndianMagic:
                    throw new InvalidDataException("the capture is not in little-endian order");
                case SectionHeader:
                    ticksPerSecond.Clear();
                    break;
                case InterfaceDescription:
                    ticksPerSecond.Add(ReadInterface(block));
                    break;
                case EnhancedPacket:
                    frames.Add(ReadPacket(block, frames.Count + 1, ticksPerSecond));
                    break;
            }
        }
        return frames;
    }

    private static ReadOnlySpan<byte> TakeBlock(ref ReadOnlySpan<byte> capture, out uint type)
    {
        type = BinaryPrimitives.ReadUInt32LittleEndian(capture);
        var length = BinaryPrimitives.ReadInt32LittleEndian(capture[4..]);
        if (length < BlockHead + 4 || length > capture.Length) throw new InvalidDataException("a block of the capture overruns");
        var body = capture[BlockHead..(length - 4)]; // 4: the length stands at the end again
        capture = capture[length..];
        return body;
    }

    private static double ReadInterface(ReadOnlySpan<byte> block)
    {
        if (BinaryPrimitives.ReadUInt16LittleEndian(block) != Ethernet) throw new InvalidDataException("the capture is not of Ethernet");
        var options = block[8..];
        while (options.Length >= 4 && BinaryPrimitives.ReadUInt16LittleEndian(options) is > 0 and var code)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(options[2..]);
            if (code == 9) return Math.Pow((options[4] & 0x80) == 0 ? 10 : 2, options[4] & 0x7F); // if_tsresol
            options = options[(4 + (length + 3) / 4 * 4)..];
        }
        return 1e6;
    }

    private static CapturedFrame ReadPacket(ReadOnlySpan<byte> block, int number, List<double> ticksPerSecond)
    {
        var ticks = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(block[4..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(block[8..]);
        var captured = BinaryPrimitives.ReadInt32LittleEndian(block[12..]);
        var original = BinaryPrimitives.ReadInt32LittleEndian(block[16..]);
        var time = TimeSpan.FromSeconds(ticks / ticksPerSecond[BinaryPrimitives.ReadInt32LittleEndian(block)]);
        return new CapturedFrame(number, time, block.Slice(20, captured).ToArray(), original);
    }
}
