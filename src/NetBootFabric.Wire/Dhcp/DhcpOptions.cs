namespace NetBootFabric.Wire.Dhcp;

/// <summary>The option kinds of the lease and of the host's configuration. Those of network booting stand in the other part.</summary>
public static partial class DhcpOptions
{
    /// <summary>RFC 2132 §3.3.</summary>
    public static readonly AddressOption SubnetMask = new(1);
    /// <summary>RFC 2132 §3.5.</summary>
    public static readonly AddressListOption Routers = new(3);
    /// <summary>RFC 2132 §3.8.</summary>
    public static readonly AddressListOption DnsServers = new(6);
    /// <summary>RFC 2132 §3.14.</summary>
    public static readonly TextOption HostName = new(12);
    /// <summary>RFC 2132 §3.17.</summary>
    public static readonly TextOption DomainName = new(15);
    /// <summary>RFC 2132 §3.19: where an NFS root or the like is.</summary>
    public static readonly TextOption RootPath = new(17);
    /// <summary>RFC 2132 §5.1.</summary>
    public static readonly UInt16Option InterfaceMtu = new(26);
    /// <summary>RFC 2132 §5.3.</summary>
    public static readonly AddressOption BroadcastAddress = new(28);
    /// <summary>RFC 2132 §8.3.</summary>
    public static readonly AddressListOption NtpServers = new(42);
    /// <summary>RFC 2132 §9.1: the address that the client wants.</summary>
    public static readonly AddressOption RequestedAddress = new(50);
    /// <summary>RFC 2132 §9.2, in seconds.</summary>
    public static readonly UInt32Option LeaseTime = new(51);
    /// <summary>RFC 2132 §9.6.</summary>
    public static readonly MessageTypeOption MessageType = new(DhcpLayout.MessageTypeCode);
    /// <summary>RFC 2132 §9.7: which server the client chose, or which one answers.</summary>
    public static readonly AddressOption ServerIdentifier = new(54);
    /// <summary>RFC 2132 §9.8: the codes that the client asks for, in its order of preference.</summary>
    public static readonly OctetsOption ParameterRequestList = new(55);
    /// <summary>RFC 2132 §9.9: why a DHCPNAK or DHCPDECLINE.</summary>
    public static readonly TextOption Message = new(56);
    /// <summary>RFC 2132 §9.10: octets of the largest IP datagram that the client takes, 576 or more.</summary>
    public static readonly UInt16Option MaximumMessageSize = new(57);
    /// <summary>RFC 2132 §9.11 (T1), in seconds.</summary>
    public static readonly UInt32Option RenewalTime = new(58);
    /// <summary>RFC 2132 §9.12 (T2), in seconds.</summary>
    public static readonly UInt32Option RebindingTime = new(59);
    /// <summary>RFC 2132 §9.14, echoed to the client (RFC 6842 §3): type and identifier, at least 2 octets.</summary>
    public static readonly OctetsOption ClientIdentifier = new(61, minimum: 2);
    /// <summary>RFC 4039 §4: the client takes a DHCPACK as the answer to its DHCPDISCOVER.</summary>
    public static readonly FlagOption RapidCommit = new(80);
    /// <summary>RFC 4702 §2.</summary>
    public static readonly ClientFqdnOption ClientFqdn = new(81);
    /// <summary>RFC 3011 §2: the subnet that the address is to come from.</summary>
    public static readonly AddressOption SubnetSelection = new(118);
    /// <summary>RFC 3046 §2.0: what the relay agent says; see <see cref="RelayAgentOptions"/>.</summary>
    public static readonly EncapsulatedOption RelayAgentInformation = new(DhcpLayout.RelayInformationCode, hasPadAndEnd: false);
}
