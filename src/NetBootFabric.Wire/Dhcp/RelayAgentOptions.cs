namespace NetBootFabric.Wire.Dhcp;

/// <summary>Sub-options of option 82, the relay agent information.</summary>
public static class RelayAgentOptions
{
    /// <summary>RFC 3046 §3.1: the port that the request came in by.</summary>
    public static readonly OctetsOption CircuitId = new(1);
    /// <summary>RFC 3046 §3.2: the remote end of that port.</summary>
    public static readonly OctetsOption RemoteId = new(2);
    /// <summary>RFC 3527 §3: an address in the subnet that the client's address shall come from, in place of giaddr.</summary>
    public static readonly AddressOption LinkSelection = new(5);
    /// <summary>RFC 3993 §2.</summary>
    public static readonly OctetsOption SubscriberId = new(6);
    /// <summary>RFC 5010 §4: the highest bit is set when the client sent unicast.</summary>
    public static readonly ByteOption Flags = new(10);
    /// <summary>RFC 5107 §4: what the server shall write into option 54, so that renewals come through the relay agent.</summary>
    public static readonly AddressOption ServerIdentifierOverride = new(11);
    /// <summary>RFC 8357 §5.2: the relay agent sends from another port than 67, and wants its answer there.</summary>
    public static readonly FlagOption SourcePort = new(19);
}
