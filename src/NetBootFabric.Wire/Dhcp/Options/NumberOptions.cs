using System.Buffers.Binary;

namespace NetBootFabric.Wire.Dhcp;

/// <summary>An unsigned number of 1 octet.</summary>
public sealed class ByteOption(byte code) : DhcpOption<byte>(code, sizeof(byte), sizeof(byte))
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out byte value)
    {
        value = octets[0];
        return true;
    }

    internal override ReadOnlySpan<byte> Encode(byte value, Span<byte> scratch)
    {
        scratch[0] = value;
        return scratch[..sizeof(byte)];
    }
}

/// <summary>An unsigned number of 2 octets.</summary>
public sealed class UInt16Option(byte code) : DhcpOption<ushort>(code, sizeof(ushort), sizeof(ushort))
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out ushort value)
    {
        value = BinaryPrimitives.ReadUInt16BigEndian(octets);
        return true;
    }

    internal override ReadOnlySpan<byte> Encode(ushort value, Span<byte> scratch)
    {
        BinaryPrimitives.WriteUInt16BigEndian(scratch, value);
        return scratch[..sizeof(ushort)];
    }
}

/// <summary>An unsigned number of 4 octets; times are in seconds, 0xFFFFFFFF is for ever (RFC 2131 §3.3).</summary>
public sealed class UInt32Option(byte code) : DhcpOption<uint>(code, sizeof(uint), sizeof(uint))
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out uint value)
    {
        value = BinaryPrimitives.ReadUInt32BigEndian(octets);
        return true;
    }

    internal override ReadOnlySpan<byte> Encode(uint value, Span<byte> scratch)
    {
        BinaryPrimitives.WriteUInt32BigEndian(scratch, value);
        return scratch[..sizeof(uint)];
    }
}

/// <summary>No octets: being there is the value, which is always true.</summary>
public sealed class FlagOption(byte code) : DhcpOption<bool>(code, 0, 0)
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out bool value) => value = true;

    /// <summary>To leave the option out, don't add it.</summary>
    internal override ReadOnlySpan<byte> Encode(bool value, Span<byte> scratch) => default;
}
