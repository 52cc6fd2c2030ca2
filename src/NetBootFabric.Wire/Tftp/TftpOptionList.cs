using System.Buffers.Text;
using System.Text;

namespace NetBootFabric.Wire.Tftp;

/// <summary>One option (RFC 2347): name and value in ASCII, without their NULs.</summary>
public readonly ref struct TftpOptionEntry(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
{
    public ReadOnlySpan<byte> Name { get; } = name;
    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>Names are compared without regard to case (RFC 2347).</summary>
    public bool Is(ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(Name, name);
}

/// <summary>
/// A view of the options of a request or OACK. A typed question is answered false when the option is absent, is no plain decimal number or is out of range:
/// a server leaves such options out of its OACK (RFC 2347).
/// </summary>
public readonly ref struct TftpOptionList(ReadOnlySpan<byte> octets)
{
    /// <summary>Name, NUL, value, NUL, …</summary>
    public ReadOnlySpan<byte> Octets { get; } = octets;

    public bool IsEmpty => !GetEnumerator().MoveNext();

    public Enumerator GetEnumerator() => new(Octets);

    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        foreach (var option in this)
        {
            if (!option.Is(name)) continue;
            value = option.Value;
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>RFC 2348: octets of data in a block, 8 to 65464.</summary>
    public bool TryGetBlockSize(out ushort octets) => TryGetUInt16(TftpOption.BlockSize, TftpOption.SmallestBlock, TftpOption.LargestBlock, out octets);

    /// <summary>RFC 2349: octets of the file; 0 in a read request asks for it.</summary>
    public bool TryGetTransferSize(out ulong octets) => TryGetNumber(TftpOption.TransferSize, 0, long.MaxValue, out octets);

    /// <summary>RFC 2349: seconds until a retransmission, 1 to 255.</summary>
    public bool TryGetTimeout(out byte seconds)
    {
        var found = TryGetNumber(TftpOption.Timeout, 1, byte.MaxValue, out var number);
        seconds = (byte)number;
        return found;
    }

    /// <summary>RFC 7440: blocks that are sent before an ACK is awaited, 1 to 65535.</summary>
    public bool TryGetWindowSize(out ushort blocks) => TryGetUInt16(TftpOption.WindowSize, 1, ushort.MaxValue, out blocks);

    private bool TryGetUInt16(ReadOnlySpan<byte> name, ushort smallest, ushort largest, out ushort value)
    {
        var found = TryGetNumber(name, smallest, largest, out var number);
        value = (ushort)number;
        return found;
    }

    private bool TryGetNumber(ReadOnlySpan<byte> name, ulong smallest, ulong largest, out ulong number)
    {
        if (TryGet(name, out var text) && TryReadDecimal(text, out number) && number >= smallest && number <= largest) return true;
        number = 0;
        return false;
    }

    private static bool TryReadDecimal(ReadOnlySpan<byte> text, out ulong number)
    {
        number = 0;
        return !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Utf8Parser.TryParse(text, out number, out var used) && used == text.Length;
    }

    public ref struct Enumerator(ReadOnlySpan<byte> octets)
    {
        private ReadOnlySpan<byte> _rest = octets;

        public TftpOptionEntry Current { get; private set; }

        /// <summary>Ends at padding, an empty name, and at strings without a NUL.</summary>
        public bool MoveNext()
        {
            if (!TftpRequestParser.TryTakeString(ref _rest, out var name) || name.IsEmpty) return false;
            if (!TftpRequestParser.TryTakeString(ref _rest, out var value)) return false;
            Current = new TftpOptionEntry(name, value);
            return true;
        }
    }
}
