namespace NetBootFabric.Wire.Dhcp;

/// <summary>Sub-options of option 43 between PXE clients and their servers (PXE 2.1, table 2-1).</summary>
public static class PxeOptions
{
    /// <summary>Bit 3 (8): use the boot file of this answer and look for no boot server. Bits 0 and 1: no broadcast, no multicast discovery.</summary>
    public static readonly ByteOption DiscoveryControl = new(6);
    /// <summary>Where boot servers are discovered by multicast.</summary>
    public static readonly AddressOption DiscoveryMulticastAddress = new(7);
    /// <summary>A list of type (2 octets), count (1), addresses.</summary>
    public static readonly OctetsOption BootServers = new(8);
    /// <summary>A list of type (2 octets), length (1), text.</summary>
    public static readonly OctetsOption BootMenu = new(9);
    /// <summary>Seconds of time-out (1 octet; 0 takes the first entry, 255 waits), text.</summary>
    public static readonly OctetsOption MenuPrompt = new(10);
    /// <summary>Type and layer of the entry that was chosen, 2 octets each.</summary>
    public static readonly UInt32Option BootItem = new(71);
}
