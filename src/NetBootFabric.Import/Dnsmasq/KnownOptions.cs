using System.Collections.Frozen;

namespace NetBootFabric.Import.Dnsmasq;

/// <summary>dnsmasq's options, as release 2.90 lists them: which of them bear on what clients get.</summary>
internal static class KnownOptions
{
    private const string Subnet = "is a setting of a subnet: write it under 'subnets' (network, range, router, dns, domain, lease)";
    private const string Boot = "says what to boot: the fabric chooses the loader by the firmware, and kernel and command line are a profile's";
    private const string Tags = "gives tags to clients by what they say; groups of nodes are the fabric's way";
    private const string Files = "names another file or folder: import that too";
    private const string Tftp = "is a setting of TFTP: the fabric has 'files' and 'tftp'";
    private const string Server = "is a setting of the DHCP server that the fabric has its own way for";

    private static readonly FrozenDictionary<string, string> NotCarried = new Dictionary<string, string[]>
    {
        [Subnet] = ["dhcp-range", "dhcp-option", "dhcp-option-force", "shared-network", "dhcp-relay", "dhcp-proxy"],
        [Boot] = ["dhcp-boot", "pxe-service", "pxe-prompt", "dhcp-pxe-vendor"],
        [Tags] = ["dhcp-match", "dhcp-mac", "dhcp-vendorclass", "dhcp-userclass", "dhcp-circuitid", "dhcp-remoteid", "dhcp-subscrid", "dhcp-name-match", "tag-if", "dhcp-ignore", "dhcp-ignore-names", "dhcp-generate-names", "dhcp-broadcast", "ignore-address"],
        [Files] = ["conf-file", "conf-dir", "conf-script", "dhcp-hostsfile", "dhcp-hostsdir", "dhcp-optsfile", "dhcp-optsdir", "addn-hosts", "hostsdir", "read-ethers", "servers-file"],
        [Tftp] = ["enable-tftp", "tftp-root", "tftp-unique-root", "tftp-port-range"],
        [Server] = ["dhcp-script", "dhcp-luascript", "dhcp-alternate-port", "dhcp-ignore-clid", "dhcp-reply-delay", "dhcp-ttl", "dhcp-lease-max", "bootp-dynamic", "dhcp-no-override"],
    }.SelectMany(each => each.Value.Select(option => (option, each.Key))).ToFrozenDictionary(each => each.option, each => each.Key);

    /// <summary>DNS, logging, the process itself: nothing that a booting client would miss.</summary>
    private static readonly FrozenSet<string> Irrelevant = """
        listen-address address bogus-priv bogus-nxdomain cache-size no-daemon domain-needed selfmx expand-hosts filterwin2k filter-A filter-AAAA filter-rr group no-hosts interface except-interface
        keep-in-foreground dhcp-authoritative dhcp-leasefile localmx mx-host no-poll no-negcache use-stale-cache strict-order port edns-packet-max log-queries query-port port-limit no-resolv resolv-file
        server rev-server local domain mx-target local-ttl neg-ttl max-ttl max-cache-ttl min-cache-ttl fast-dns-retry user version alias srv-host help pid-file localise-queries txt-record ptr-record
        interface-name bind-interfaces enable-dbus enable-ubus no-dhcp-interface no-dhcpv6-interface no-dhcpv4-interface bridge-interface no-ping dhcp-scriptuser script-arp log-facility leasefile-ro
        dns-forward-max clear-on-reload tftp-secure tftp-no-fail tftp-max tftp-mtu tftp-no-blocksize tftp-lowercase tftp-single-port log-dhcp log-async stop-dns-rebind rebind-localhost-ok
        rebind-domain-ok all-servers naptr-record min-port max-port dhcp-fqdn cname test add-mac strip-mac add-subnet strip-subnet add-cpe-id proxy-dnssec dhcp-sequential-ip conntrack
        dhcp-client-update enable-ra dhcp-duid host-record dynamic-host caa-record dns-rr bind-dynamic auth-server auth-zone auth-ttl auth-soa auth-sec-servers auth-peer ipset nftset
        connmark-allowlist-enable connmark-allowlist synth-domain dnssec trust-anchor dnssec-debug dnssec-check-unsigned dnssec-no-timecheck dnssec-timestamp dnssec-limits ra-param quiet-dhcp quiet-dhcp6
        quiet-ra log-debug local-service dns-loop-detect dhcp-rapid-commit dumpfile dumpmask script-on-renewal umbrella quiet-tftp no-round-robin no-ident cache-rr max-tcp-connections port-limit
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    /// <summary>Why an option is not carried over; null: it is none of those.</summary>
    public static string? Why(string option) => NotCarried.GetValueOrDefault(option);

    public static bool ConcernsNoClient(string option) => Irrelevant.Contains(option);
}
