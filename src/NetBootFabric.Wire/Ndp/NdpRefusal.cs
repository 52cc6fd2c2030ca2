namespace NetBootFabric.Wire.Ndp;

/// <summary>Why octets are no valid router solicitation or advertisement (RFC 4861 §6.1). Small and dense, so that it can index a table of counters.</summary>
public enum NdpRefusal : byte
{
    None = 0,
    /// <summary>No whole IPv6 packet.</summary>
    NotIpv6,
    /// <summary>Another protocol than ICMPv6 follows the IPv6 header at once.</summary>
    NotIcmpv6,
    /// <summary>Another ICMPv6 type than the one asked for.</summary>
    OtherType,
    /// <summary>Not 255: it could have come through a router, from another link.</summary>
    BadHopLimit,
    /// <summary>Fewer octets than the message's fixed part: 8 of a solicitation, 16 of an advertisement.</summary>
    TooShort,
    BadChecksum,
    BadCode,
    /// <summary>An option of length 0, or one that overruns.</summary>
    BadOption,
    /// <summary>A group as the source; a solicitation from :: that names a link-layer address; an advertisement from an address that is not link-local.</summary>
    BadSource,
}
