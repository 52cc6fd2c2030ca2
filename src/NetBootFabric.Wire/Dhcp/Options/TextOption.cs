namespace NetBootFabric.Wire.Dhcp;

/// <summary>Characters without a terminator. Receivers must stand NULs at the end (RFC 2132 §2), so those are cut; nothing but NULs is no text.</summary>
public sealed class TextOption(byte code) : DhcpOption<ReadOnlySpan<byte>>(code, 1, int.MaxValue)
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out ReadOnlySpan<byte> value)
    {
        value = octets.TrimEnd((byte)0);
        return !value.IsEmpty;
    }

    internal override ReadOnlySpan<byte> Encode(ReadOnlySpan<byte> value, Span<byte> scratch) => value;
}
