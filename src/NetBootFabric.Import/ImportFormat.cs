namespace NetBootFabric.Import;

/// <summary>Systems whose configurations are understood.</summary>
public enum ImportFormat
{
    /// <summary>dnsmasq's configuration, its files of hosts, and beside them /etc/ethers and /etc/hosts.</summary>
    Dnsmasq,

    /// <summary>/etc/ethers, with /etc/hosts for the addresses of names.</summary>
    Ethers,

    /// <summary>ISC dhcpd.conf(5).</summary>
    Dhcpd,

    /// <summary>Kea's JSON.</summary>
    Kea,

    /// <summary>nodes.conf of Warewulf 4.</summary>
    Warewulf,

    /// <summary>What xCAT's tabdump prints of its tables mac, hosts and nodelist.</summary>
    Xcat,

    /// <summary>Cobbler's systems, as JSON or YAML.</summary>
    Cobbler,

    /// <summary>A table with a line of headings.</summary>
    Csv,
}
