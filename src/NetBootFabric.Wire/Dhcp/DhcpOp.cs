namespace NetBootFabric.Wire.Dhcp;

/// <summary>The op field (RFC 2131 §2): which side sent the packet. A relay agent leaves it as it is.</summary>
public enum DhcpOp : byte
{
    /// <summary>BOOTREQUEST, from a client.</summary>
    Request = 1,
    /// <summary>BOOTREPLY, from a server.</summary>
    Reply = 2,
}
