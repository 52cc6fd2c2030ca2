using System.Buffers.Binary;
using System.Net;

namespace NetBootFabric.Wire;

/// <summary>An IPv6 address (RFC 4291), first octet highest.</summary>
public readonly record struct Ipv6Address(UInt128 Value)
{
    /// <summary>Octets on the wire.</summary>
    public const int Size = 16;

    private const ulong LinkLocalPrefix = 0xFE80_0000_0000_0000;

    /// <summary>ff02::1 (RFC 4291 §2.7.1).</summary>
    public static Ipv6Address AllNodes => new(new UInt128(0xFF02_0000_0000_0000, 1));

    /// <summary>ff02::2.</summary>
    public static Ipv6Address AllRouters => new(new UInt128(0xFF02_0000_0000_0000, 2));

    /// <summary>The address fe80::/64 with the modified EUI-64 of the MAC (RFC 4291 §2.5.6 and appendix A).</summary>
    public static Ipv6Address LinkLocal(MacAddress mac)
    {
        // ff:fe goes between the halves; the universal/local bit, 2 of the first octet, is inverted.
        var identifier = ((mac.Value & 0xFFFF_FF00_0000) << 16) | 0xFF_FE00_0000 | (mac.Value & 0xFF_FFFF);
        return new(new UInt128(LinkLocalPrefix, identifier ^ 0x0200_0000_0000_0000));
    }

    /// <summary>The unspecified address, ::.</summary>
    public bool IsAny => Value == UInt128.Zero;

    /// <summary>fe80::/10 (RFC 4291 §2.4).</summary>
    public bool IsLinkLocal => (ulong)(Value >> 118) == LinkLocalPrefix >> 54;

    public bool IsMulticast => (ulong)(Value >> 120) == 0xFF;

    /// <summary>Reads the first 16 octets of <paramref name="bytes"/>, which must hold at least 16.</summary>
    public static Ipv6Address Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>Writes 16 octets.</summary>
    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return new IPAddress(bytes).ToString();
    }
}
