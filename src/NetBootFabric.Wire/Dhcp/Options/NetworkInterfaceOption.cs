namespace NetBootFabric.Wire.Dhcp;

/// <summary>The client's network interface identifier: 3 octets.</summary>
public sealed class NetworkInterfaceOption(byte code) : DhcpOption<NetworkInterfaceIdentifier>(code, 3, 3)
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out NetworkInterfaceIdentifier value)
    {
        value = new NetworkInterfaceIdentifier(octets[0], octets[1], octets[2]);
        return true;
    }

    internal override ReadOnlySpan<byte> Encode(NetworkInterfaceIdentifier value, Span<byte> scratch)
    {
        scratch[0] = value.Type;
        scratch[1] = value.Major;
        scratch[2] = value.Minor;
        return scratch[..3];
    }
}

/// <summary>Which revision of UNDI the client offers (RFC 4578 §2.2). Type 1 is UNDI.</summary>
public readonly record struct NetworkInterfaceIdentifier(byte Type, byte Major, byte Minor);
