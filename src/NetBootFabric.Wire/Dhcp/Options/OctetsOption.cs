namespace NetBootFabric.Wire.Dhcp;

/// <summary>Opaque octets between two lengths.</summary>
public sealed class OctetsOption(byte code, int minimum = 1, int maximum = int.MaxValue) : DhcpOption<ReadOnlySpan<byte>>(code, minimum, maximum)
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out ReadOnlySpan<byte> value)
    {
        value = octets;
        return true;
    }

    internal override ReadOnlySpan<byte> Encode(ReadOnlySpan<byte> value, Span<byte> scratch) => value;
}
