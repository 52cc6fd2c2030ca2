using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace NetBootFabric.Wire;

/// <summary>An IPv4 address (RFC 791) as one integer, first octet highest, so that ranges are plain integer ranges.</summary>
public readonly record struct Ipv4Address(uint Value) : IComparable<Ipv4Address>, ISpanFormattable
{
    /// <summary>Octets on the wire.</summary>
    public const int Size = 4;

    public static Ipv4Address Any => default;
    public static Ipv4Address Broadcast => new(0xFFFF_FFFF);

    public bool IsAny => Value == 0;

    /// <summary>Reads the first four octets of <paramref name="bytes"/>, which must hold at least four.</summary>
    public static Ipv4Address Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt32BigEndian(bytes));

    /// <summary>Writes four octets.</summary>
    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt32BigEndian(bytes, Value);

    /// <summary>Accepts four decimal numbers of 0 to 255 joined by dots, without leading zeros or blanks.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv4Address address)
    {
        address = default;
        uint value = 0;
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0')) return false;
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var octet)) return false;
            value = (value << 8) | octet;
        }
        if (parts != 4) return false;
        address = new Ipv4Address(value);
        return true;
    }

    /// <exception cref="FormatException">The text is no IPv4 address.</exception>
    public static Ipv4Address Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is no IPv4 address; write it as 10.77.0.1");

    public int CompareTo(Ipv4Address other) => Value.CompareTo(other.Value);

    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return new IPAddress(bytes);
    }

    /// <summary>The IPv4 address in <paramref name="address"/>, also when it is IPv4-mapped; null for other IPv6 addresses.</summary>
    public static Ipv4Address? From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.TryWriteBytes(bytes, out var written) && written == Size ? Read(bytes) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value >> 24}.{Value >> 16 & 255}.{Value >> 8 & 255}.{Value & 255}");

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite(CultureInfo.InvariantCulture, $"{Value >> 24}.{Value >> 16 & 255}.{Value >> 8 & 255}.{Value & 255}", out charsWritten);
}
