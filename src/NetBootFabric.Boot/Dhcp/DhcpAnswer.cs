using System.Collections.Immutable;
using NetBootFabric.Wire;
using NetBootFabric.Wire.Dhcp;

namespace NetBootFabric.Boot.Dhcp;

/// <summary>A reply as facts; the server that heard the inquiry encodes it and sends it by <see cref="Route"/>.</summary>
public sealed record DhcpAnswer
{
    public required DhcpInquiry Inquiry { get; init; }
    public required DhcpMessageType Type { get; init; }
    public required ReplyRoute Route { get; init; }

    /// <summary>ciaddr of the reply (RFC 2131 table 3: that of the request in an ACK, else zero).</summary>
    public Ipv4Address ClientAddress { get; init; }

    /// <summary>yiaddr.</summary>
    public Ipv4Address YourAddress { get; init; }

    /// <summary>siaddr: the next server in bootstrap.</summary>
    public Ipv4Address NextServer { get; init; }

    /// <summary>The <c>file</c> field, or option 67 when it is longer than 127 octets.</summary>
    public string BootFile { get; init; } = "";

    /// <summary>The <c>sname</c> field.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>All options but 53, 82 (echoed last) and 255, in the order to write.</summary>
    public ImmutableArray<DhcpOptionValue> Options { get; init; } = [];

    /// <summary>What is to be remembered of an OFFER where it was made; other head nodes are not told. Null: it is none.</summary>
    internal DhcpExchange? Exchange { get; init; }
}

/// <summary>An option's code and its encoded value without code and length octets.</summary>
public readonly record struct DhcpOptionValue(byte Code, ReadOnlyMemory<byte> Value);

/// <summary>How a reply reaches its client (RFC 2131 §4.1).</summary>
public enum ReplyRoute
{
    /// <summary>To giaddr, port 67.</summary>
    Relay,

    /// <summary>To ciaddr, port 68.</summary>
    UnicastToClientAddress,

    /// <summary>To yiaddr and chaddr, port 68, as a raw frame: the client can't answer ARP yet.</summary>
    UnicastToHardware,

    /// <summary>To 255.255.255.255, port 68.</summary>
    Broadcast,

    /// <summary>Back to source address and port: PXE on port 4011.</summary>
    Source,
}
