namespace NetBootFabric.Wire.Dhcp;

/// <summary>One IPv4 address: 4 octets.</summary>
public sealed class AddressOption(byte code) : DhcpOption<Ipv4Address>(code, Ipv4Address.Size, Ipv4Address.Size)
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out Ipv4Address value)
    {
        value = Ipv4Address.Read(octets);
        return true;
    }

    internal override ReadOnlySpan<byte> Encode(Ipv4Address value, Span<byte> scratch)
    {
        value.Write(scratch);
        return scratch[..Ipv4Address.Size];
    }
}
