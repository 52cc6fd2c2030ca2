using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>One client packet, parsed: the facts a decision needs, and no more. Immutable, so that it may cross nodes.</summary>
public sealed record DhcpInquiry
{
    public required DhcpMessageType Type { get; init; }

    /// <summary>chaddr: names the client. xid does not: two machines may use the same.</summary>
    public required MacAddress Client { get; init; }
    public uint TransactionId { get; init; }
    public ushort Seconds { get; init; }
    public byte Hops { get; init; }
    public bool BroadcastFlag { get; init; }

    /// <summary>ciaddr.</summary>
    public Ipv4Address ClientAddress { get; init; }

    /// <summary>giaddr; 0.0.0.0 when not relayed.</summary>
    public Ipv4Address RelayAddress { get; init; }

    /// <summary>Option 50; 0.0.0.0 when absent.</summary>
    public Ipv4Address RequestedAddress { get; init; }

    /// <summary>Option 54; 0.0.0.0 when absent.</summary>
    public Ipv4Address ServerIdentifier { get; init; }

    /// <summary>Option 50 is there twice, and this is the second address; 0.0.0.0: it is not.</summary>
    public Ipv4Address OtherRequestedAddress { get; init; }

    /// <summary>Option 54 is there twice, and this is the second one; 0.0.0.0: it is not.</summary>
    public Ipv4Address OtherServerIdentifier { get; init; }

    /// <summary>Option 51 in seconds; null when absent.</summary>
    public uint? RequestedLeaseSeconds { get; init; }

    /// <summary>Option 57; 0 when absent.</summary>
    public ushort MaximumMessageSize { get; init; }
    public ClientArchitecture Architecture { get; init; } = ClientArchitecture.Unknown;

    /// <summary>Option 60.</summary>
    public string VendorClass { get; init; } = "";

    /// <summary>Option 77, first class; iPXE's bare string included.</summary>
    public string UserClass { get; init; } = "";

    /// <summary>Option 12.</summary>
    public string HostName { get; init; } = "";

    /// <summary>Option 61, raw.</summary>
    public ReadOnlyMemory<byte> ClientIdentifier { get; init; }

    /// <summary>Option 97, raw: a type octet and 16 octets.</summary>
    public ReadOnlyMemory<byte> ClientUuid { get; init; }

    /// <summary>Option 55.</summary>
    public ReadOnlyMemory<byte> ParameterRequestList { get; init; }

    /// <summary>Option 82, raw, to be echoed last (RFC 3046 §2.2).</summary>
    public ReadOnlyMemory<byte> RelayInformation { get; init; }

    /// <summary>Option 82.5 (RFC 3527).</summary>
    public Ipv4Address LinkSelection { get; init; }

    /// <summary>Option 118 (RFC 3011), of a relay agent; echoed.</summary>
    public Ipv4Address SubnetSelection { get; init; }

    /// <summary>Where the relay agent wants its answer: 67, or the port that it sent from and says so (82.19, RFC 8357).</summary>
    public ushort RelayPort { get; init; } = DhcpPacket.ServerPort;

    /// <summary>Option 82.11 (RFC 5107).</summary>
    public Ipv4Address ServerIdentifierOverride { get; init; }

    /// <summary>Option 80 (RFC 4039).</summary>
    public bool RapidCommit { get; init; }

    /// <summary>Option 175 is there: iPXE's own encapsulated options.</summary>
    public bool HasIpxeOptions { get; init; }

    /// <summary>Option 43 sub-option 71 (PXE boot item) is there: a PXE client asks its boot server on port 4011.</summary>
    public bool HasBootItem { get; init; }

    public required Ingress Ingress { get; init; }

    /// <summary>When it was heard, in the ticks of its head node's clock; 0: unknown, it came from another head node. No decision looks at it.</summary>
    public long HeardAt { get; init; }

    public bool IsRelayed => !RelayAddress.IsAny;

    /// <summary>
    /// ciaddr counts: the client has that address and uses it. Only in RENEWING and REBINDING, and in INFORM and RELEASE (RFC 2131 tables 4 and 5); what else has it filled means nothing by it.
    /// With option 50 beside it, the packet's source tells.
    /// </summary>
    public bool UsesItsAddress => !ClientAddress.IsAny && Type switch
    {
        DhcpMessageType.Inform or DhcpMessageType.Release => true,
        DhcpMessageType.Request => RequestedAddress.IsAny || Ingress.Source == ClientAddress || (IsRelayed && ServerIdentifier.IsAny && RequestedAddress == ClientAddress),
        _ => false,
    };
    public bool IsIpxe => UserClass == "iPXE";
    public bool IsPxeClient => VendorClass.StartsWith("PXEClient", StringComparison.Ordinal);
    public bool IsHttpClient => VendorClass.StartsWith("HTTPClient", StringComparison.Ordinal);

    /// <summary>Asked to boot: an OFFER without a boot file would strand it.</summary>
    public bool WantsBoot => IsIpxe || IsPxeClient || IsHttpClient;
}

/// <summary>Where a packet came in: the answer leaves from the socket that heard it.</summary>
/// <param name="Listener">Which socket of its head node.</param>
/// <param name="Interface">Name of the interface.</param>
/// <param name="LocalAddress">Our address on that interface: the server identifier, and the boot server unless load says otherwise.</param>
/// <param name="Source">IP source of the packet.</param>
/// <param name="SourcePort">UDP source port.</param>
/// <param name="LocalPort">67 or 4011, or what a test bound.</param>
public sealed record Ingress(int Listener, string Interface, Ipv4Address LocalAddress, Ipv4Address Source, ushort SourcePort, ushort LocalPort)
{
    /// <summary>Sent to this head node alone, by a relay agent or by a client that renews: no other one heard it.</summary>
    public bool IsUnicast { get; init; }

    /// <summary>The packet came to port 4011 of a proxy.</summary>
    public bool IsProxyPort => LocalPort == 4011;
}
