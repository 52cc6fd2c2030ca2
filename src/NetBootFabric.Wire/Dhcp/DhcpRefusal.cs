namespace NetBootFabric.Wire.Dhcp;

/// <summary>Why octets are no usable DHCP packet. Small and dense, so that it can index a table of counters.</summary>
public enum DhcpRefusal : byte
{
    None = 0,
    /// <summary>Fewer than 240 octets: no room for the header and the cookie.</summary>
    TooShort,
    /// <summary>The four octets before the options are not 99.130.83.99 (RFC 2131 §3): BOOTP without options, or another protocol.</summary>
    NoMagicCookie,
    /// <summary>op is neither BOOTREQUEST nor BOOTREPLY.</summary>
    BadOp,
    /// <summary>hlen is over 16, or not 6 on Ethernet.</summary>
    BadHardwareLength,
    /// <summary>An option claims more octets than its field has left, or the field ends before the option's length.</summary>
    OptionOverrun,
    /// <summary>Option 52 is not one octet of 1, 2 or 3.</summary>
    BadOverload,
    /// <summary>Option 53 is not one octet, or zero.</summary>
    BadMessageType,
    /// <summary>An option comes in several parts (RFC 3396) and the caller's scratch can't hold them joined.</summary>
    NoRoomToJoin,
}
