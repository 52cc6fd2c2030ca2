namespace NetBootFabric.Wire.Dhcp;

/// <summary>The client's full domain name: flags, two result codes that are no longer used, and the name, which may be empty.</summary>
public sealed class ClientFqdnOption(byte code) : DhcpOption<ClientFqdn>(code, 3, int.MaxValue) // 3 = flags + rcode1 + rcode2
{
    private protected override bool TryDecode(ReadOnlySpan<byte> octets, out ClientFqdn value)
    {
        value = new ClientFqdn(octets);
        return true;
    }

    internal override ReadOnlySpan<byte> Encode(ClientFqdn value, Span<byte> scratch) => value.Octets;
}

/// <summary>A view of option 81 (RFC 4702 §2).</summary>
public readonly ref struct ClientFqdn(ReadOnlySpan<byte> octets)
{
    /// <summary>S: the server should do the forward update.</summary>
    public const byte ServerUpdates = 1;
    /// <summary>O: the server did not do as the client wished.</summary>
    public const byte Overridden = 2;
    /// <summary>E: the name is in DNS wire form, labels with length octets; otherwise plain ASCII.</summary>
    public const byte WireEncoding = 4;
    /// <summary>N: the server should do no update.</summary>
    public const byte NoUpdates = 8;

    public ReadOnlySpan<byte> Octets { get; } = octets;
    public byte Flags => Octets.IsEmpty ? (byte)0 : Octets[0];
    public ReadOnlySpan<byte> Name => Octets.Length <= 3 ? default : Octets[3..];
    public bool IsWireEncoded => (Flags & WireEncoding) != 0;
}
