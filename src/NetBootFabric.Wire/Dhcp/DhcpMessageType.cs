namespace NetBootFabric.Wire.Dhcp;

/// <summary>Option 53 (RFC 2132 §9.6). <see cref="None"/> is a plain BOOTP packet.</summary>
public enum DhcpMessageType : byte
{
    None = 0,
    Discover = 1,
    Offer = 2,
    Request = 3,
    Decline = 4,
    Ack = 5,
    Nak = 6,
    Release = 7,
    Inform = 8,
}
