namespace NetBootFabric.Wire.Dhcp;

/// <summary>The DHCP message type: 1 octet, not 0.</summary>
public sealed class MessageTypeOption(byte code) : DhcpOption<DhcpMessageType>(code, 1, 1)
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out DhcpMessageType value)
    {
        value = (DhcpMessageType)octets[0];
        return value != DhcpMessageType.None;
    }

    internal override ReadOnlySpan<byte> Encode(DhcpMessageType value, Span<byte> scratch)
    {
        scratch[0] = (byte)value;
        return scratch[..1];
    }
}
