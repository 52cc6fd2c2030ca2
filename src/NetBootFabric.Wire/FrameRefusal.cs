namespace NetBootFabric.Wire;

/// <summary>Why octets are no usable Ethernet, IP or UDP. Small and dense, so that it can index a table of counters.</summary>
public enum FrameRefusal : byte
{
    None = 0,
    /// <summary>Fewer octets than the Ethernet header and its tags need.</summary>
    FrameTooShort,
    /// <summary>An IEEE 802.3 length (under 1536) where Ethernet II has the type.</summary>
    NotEthernetII,
    /// <summary>More than two 802.1Q tags.</summary>
    TooManyTags,
    /// <summary>The frame carries another protocol than the one asked for.</summary>
    OtherEtherType,
    /// <summary>Fewer than the 20 octets of an IPv4 header, or the 40 of an IPv6 header.</summary>
    IpTooShort,
    NotIpv4,
    /// <summary>A header length under 5 words, or over what is there.</summary>
    BadHeaderLength,
    /// <summary>A total length under the header's, or over what is there; in IPv6, a payload length over what is there.</summary>
    BadTotalLength,
    BadHeaderChecksum,
    /// <summary>A part of a datagram: those are not put together.</summary>
    Fragment,
    NotUdp,
    /// <summary>Fewer than the 8 octets of a UDP header.</summary>
    UdpTooShort,
    /// <summary>A UDP length under 8, or over what is there.</summary>
    BadUdpLength,
    BadUdpChecksum,
    NotIpv6,
}
