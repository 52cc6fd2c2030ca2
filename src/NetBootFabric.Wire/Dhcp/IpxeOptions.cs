namespace NetBootFabric.Wire.Dhcp;

/// <summary>Sub-options of option 175, between iPXE and its server.</summary>
public static class IpxeOptions
{
    /// <summary>In a request: 1 when this build speaks HTTP.</summary>
    public static readonly ByteOption Http = new(19);
    /// <summary>In a request: 1 when this build speaks HTTPS.</summary>
    public static readonly ByteOption Https = new(20);
    /// <summary>A command line that iPXE runs in place of its own <c>autoboot</c>.</summary>
    public static readonly TextOption Scriptlet = new(81);
    /// <summary>1: don't wait about three seconds for an answer of a proxyDHCP server.</summary>
    public static readonly ByteOption NoPxeDhcp = new(176);
}
