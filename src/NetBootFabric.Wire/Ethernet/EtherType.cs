namespace NetBootFabric.Wire.Ethernet;

/// <summary>What an Ethernet II frame carries (IEEE 802 numbers).</summary>
public enum EtherType : ushort
{
    Ipv4 = 0x0800,
    Arp = 0x0806,
    /// <summary>A customer tag (802.1Q).</summary>
    Vlan = 0x8100,
    /// <summary>A service tag (802.1ad).</summary>
    ServiceVlan = 0x88A8,
    Ipv6 = 0x86DD,
}
