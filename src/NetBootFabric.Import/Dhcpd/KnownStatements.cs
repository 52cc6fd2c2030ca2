using System.Collections.Frozen;

namespace NetBootFabric.Import.Dhcpd;

/// <summary>Statements of dhcpd.conf(5) that a booting client would not miss.</summary>
internal static class KnownStatements
{
    private static readonly FrozenSet<string> Irrelevant = """
        authoritative not log-facility lease-file-name pid-file-name db-time-format ddns-update-style ddns-updates ddns-domainname ddns-rev-domainname ddns-hostname ddns-ttl
        update-static-leases update-optimization update-conflict-detection do-forward-updates client-updates use-host-decl-names ping-check ping-timeout delayed-ack max-ack-delay
        stash-agent-options local-address local-port remote-port omapi-port omapi-key server-name-hash get-lease-hostnames dhcp-cache-threshold log-threshold-low log-threshold-high one-lease-per-client
        limited-broadcast-address dont-use-fsync server-id-check site-option-space infinite-is-reserved abandon-lease-time echo-client-id log execute
        server-duid authoring-byte-order
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    public static bool ConcernsNoClient(string keyword) => Irrelevant.Contains(keyword);
}
