using System.Buffers.Binary;
using System.Globalization;

namespace NetBootFabric.Wire;

/// <summary>A 48-bit Ethernet hardware address (IEEE 802). Held in the low 48 bits of one integer, first octet highest.</summary>
public readonly record struct MacAddress(ulong Value) : IComparable<MacAddress>, ISpanFormattable
{
    /// <summary>Octets on the wire.</summary>
    public const int Size = 6;

    public static MacAddress Broadcast => new(0xFFFF_FFFF_FFFF);

    /// <summary>True for group addresses: the lowest bit of the first octet is set.</summary>
    public bool IsMulticast => (Value & 0x0100_0000_0000) != 0;

    /// <summary>Reads the first six octets of <paramref name="bytes"/>, which must hold at least six.</summary>
    public static MacAddress Read(ReadOnlySpan<byte> bytes) =>
        new(((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]));

    /// <summary>Writes six octets.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(Value >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)Value);
    }

    /// <summary>Accepts <c>52:54:00:12:34:56</c>, <c>52-54-00-12-34-56</c>, <c>5254.0012.3456</c> and <c>525400123456</c>, in either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MacAddress address)
    {
        address = default;
        var digits = 0;
        ulong value = 0;
        foreach (var c in text)
        {
            if (c is ':' or '-' or '.') continue;
            if (!char.IsAsciiHexDigit(c) || ++digits > 12) return false;
            value = (value << 4) | Digit(c);
        }
        if (digits != 12 || !SeparatorsFit(text)) return false;
        address = new MacAddress(value);
        return true;
    }

    /// <exception cref="FormatException">The text is no MAC address.</exception>
    public static MacAddress Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is no MAC address; write it as 52:54:00:12:34:56");

    public int CompareTo(MacAddress other) => Value.CompareTo(other.Value);

    public override string ToString() => Format(':');

    /// <summary>Six two-digit groups joined by <paramref name="separator"/>, lower case; PXELINUX file names use '-'.</summary>
    public string Format(char separator) =>
        string.Create(17, (Value, separator), static (text, state) => Fill(text, state.Value, state.separator));

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        charsWritten = 0;
        if (destination.Length < 17) return false;
        Fill(destination, Value, ':');
        charsWritten = 17;
        return true;
    }

    private static void Fill(Span<char> text, ulong value, char separator)
    {
        for (var i = 0; i < Size; i++)
        {
            var octet = (byte)(value >> (40 - 8 * i));
            octet.TryFormat(text[(3 * i)..], out _, "x2", CultureInfo.InvariantCulture);
            if (i < 5) text[3 * i + 2] = separator;
        }
    }

    private static uint Digit(char c) => c <= '9' ? (uint)(c - '0') : (uint)((c | 0x20) - 'a' + 10);

    private static bool SeparatorsFit(ReadOnlySpan<char> text) => text.Length switch
    {
        12 => !text.ContainsAny(":-."),
        14 => text[4] == '.' && text[9] == '.',
        17 => text[2] is ':' or '-' && text[5] == text[2] && text[8] == text[2] && text[11] == text[2] && text[14] == text[2],
        _ => false,
    };
}
