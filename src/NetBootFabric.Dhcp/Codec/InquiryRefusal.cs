using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Dhcp;

/// <summary>Why a packet is no usable inquiry. Dense, so that it indexes a table of counters.</summary>
public enum InquiryRefusal : byte
{
    None = DhcpRefusal.None,
    TooShort = DhcpRefusal.TooShort,
    NoMagicCookie = DhcpRefusal.NoMagicCookie,
    BadOp = DhcpRefusal.BadOp,
    BadHardwareLength = DhcpRefusal.BadHardwareLength,
    OptionOverrun = DhcpRefusal.OptionOverrun,
    BadOverload = DhcpRefusal.BadOverload,
    BadMessageType = DhcpRefusal.BadMessageType,
    NoRoomToJoin = DhcpRefusal.NoRoomToJoin,

    /// <summary>No option 53: plain BOOTP.</summary>
    NoMessageType,

    /// <summary>A server's message, or one of a kind that only relay agents and managers send.</summary>
    NotAClientsMessage,

    /// <summary>chaddr is not Ethernet's, is zero, or is a group address.</summary>
    NoClientAddress,

    /// <summary>giaddr or ciaddr is no address of a host.</summary>
    BadAddress,

    /// <summary>Longer than any message that clients send; cut by the socket.</summary>
    Truncated,

    /// <summary>The interface has no address to answer from.</summary>
    NoLocalAddress,
}
