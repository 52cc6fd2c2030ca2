namespace NetBootFabric.Wire.Arp;

/// <summary>Why octets are no usable ARP packet. Small and dense, so that it can index a table of counters.</summary>
public enum ArpRefusal : byte
{
    None = 0,
    /// <summary>Fewer than 28 octets.</summary>
    TooShort,
    /// <summary>Not hardware type 1 with addresses of 6 octets.</summary>
    NotEthernet,
    /// <summary>Not protocol type 0x0800 with addresses of 4 octets.</summary>
    NotIpv4,
    /// <summary>Neither request nor reply.</summary>
    UnknownOperation,
}
