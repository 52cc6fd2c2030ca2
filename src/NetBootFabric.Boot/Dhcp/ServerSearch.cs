namespace NetBootFabric.Boot.Dhcp;

/// <summary>
/// The DISCOVER by which a head node looks for other DHCP servers. Every head node of every fabric knows it by its client identifier and leaves it alone: it is no client's, and takes no address.
/// </summary>
public static class ServerSearch
{
    /// <summary>Option 61: type 0, which is no hardware's, and a name (RFC 2132 §9.14).</summary>
    public static ReadOnlySpan<byte> ClientIdentifier => "\0netboot-fabric looks for servers"u8;

    public static bool IsMarked(DhcpInquiry inquiry) => inquiry.ClientIdentifier.Span.SequenceEqual(ClientIdentifier);
}
