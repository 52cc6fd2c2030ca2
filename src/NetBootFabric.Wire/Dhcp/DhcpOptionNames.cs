using System.Collections.Frozen;

namespace NetBootFabric.Wire.Dhcp;

/// <summary>How an option's value is written.</summary>
public enum DhcpValueKind { Octets, Text, Address, Addresses, Byte, UInt16, UInt32, Flag }

/// <param name="Name">IANA's name of it in lower case, with dashes.</param>
public sealed record DhcpOptionName(byte Code, string Name, DhcpValueKind Kind);

/// <summary>Options that operators give by hand, by IANA's registry of BOOTP and DHCP parameters. Those that the exchange itself is made of are not among them.</summary>
public static class DhcpOptionNames
{
    private static readonly DhcpOptionName[] Known =
    [
        new(2, "time-offset", DhcpValueKind.UInt32), new(3, "router", DhcpValueKind.Addresses), new(4, "time-server", DhcpValueKind.Addresses), new(5, "name-server", DhcpValueKind.Addresses),
        new(6, "domain-server", DhcpValueKind.Addresses), new(7, "log-server", DhcpValueKind.Addresses), new(9, "lpr-server", DhcpValueKind.Addresses), new(12, "hostname", DhcpValueKind.Text),
        new(13, "boot-file-size", DhcpValueKind.UInt16), new(15, "domain-name", DhcpValueKind.Text), new(16, "swap-server", DhcpValueKind.Address), new(17, "root-path", DhcpValueKind.Text),
        new(18, "extension-file", DhcpValueKind.Text), new(19, "forward-on-off", DhcpValueKind.Flag), new(23, "default-ip-ttl", DhcpValueKind.Byte), new(26, "mtu-interface", DhcpValueKind.UInt16),
        new(28, "broadcast-address", DhcpValueKind.Address), new(33, "static-route", DhcpValueKind.Addresses), new(40, "nis-domain", DhcpValueKind.Text), new(41, "nis-servers", DhcpValueKind.Addresses),
        new(42, "ntp-servers", DhcpValueKind.Addresses), new(43, "vendor-specific", DhcpValueKind.Octets), new(44, "netbios-name-srv", DhcpValueKind.Addresses), new(46, "netbios-node-type", DhcpValueKind.Byte),
        new(60, "class-id", DhcpValueKind.Text), new(64, "nis-plus-domain", DhcpValueKind.Text), new(66, "server-name", DhcpValueKind.Text), new(67, "bootfile-name", DhcpValueKind.Text),
        new(69, "smtp-server", DhcpValueKind.Addresses), new(72, "www-server", DhcpValueKind.Addresses), new(100, "pcode", DhcpValueKind.Text), new(101, "tcode", DhcpValueKind.Text),
        new(114, "dhcp-captive-portal", DhcpValueKind.Text), new(116, "auto-config", DhcpValueKind.Byte), new(119, "domain-search", DhcpValueKind.Octets), new(120, "sip-servers", DhcpValueKind.Octets),
        new(121, "classless-static-route", DhcpValueKind.Octets), new(124, "v-i-vendor-class", DhcpValueKind.Octets), new(125, "v-i-vendor-specific", DhcpValueKind.Octets),
        new(128, "option-128", DhcpValueKind.Octets), new(138, "capwap-ac-v4", DhcpValueKind.Addresses), new(143, "v4-sztp-redirect", DhcpValueKind.Octets), new(150, "tftp-server-address", DhcpValueKind.Addresses),
        new(175, "etherboot", DhcpValueKind.Octets), new(208, "pxelinux-magic", DhcpValueKind.Octets), new(209, "configuration-file", DhcpValueKind.Text), new(210, "path-prefix", DhcpValueKind.Text),
        new(211, "reboot-time", DhcpValueKind.UInt32),
    ];

    private static readonly FrozenDictionary<string, DhcpOptionName> ByName = Known.ToFrozenDictionary(each => each.Name, StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenDictionary<byte, DhcpOptionName> ByCode = Known.ToFrozenDictionary(each => each.Code);

    public static IReadOnlyCollection<string> All => ByName.Keys;

    /// <summary>Null: it has no name here; its number will do.</summary>
    public static DhcpOptionName? Find(string name) => ByName.GetValueOrDefault(name);

    public static DhcpOptionName? Find(byte code) => ByCode.GetValueOrDefault(code);

    /// <summary>Whether the server itself writes it: what is asked and answered, the lease, the relay agent's.</summary>
    public static bool IsTheServersOwn(byte code) => code is 0 or 1 or (>= 50 and <= 59) or 61 or 80 or 82 or 97 or 118 or 255;
}
