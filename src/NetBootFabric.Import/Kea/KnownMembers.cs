using System.Collections.Frozen;

namespace NetBootFabric.Import.Kea;

/// <summary>Settings of Kea's DHCPv4 server that a booting client would not miss.</summary>
internal static class KnownMembers
{
    private static readonly FrozenSet<string> Irrelevant = """
        id subnet name comment user-context interfaces-config lease-database control-socket control-sockets loggers hooks-libraries expired-leases-processing dhcp-ddns ddns-send-updates
        ddns-override-no-update ddns-override-client-update ddns-replace-client-name ddns-generated-prefix ddns-qualifying-suffix ddns-update-on-renew ddns-use-conflict-resolution
        ddns-conflict-resolution-mode ddns-ttl-percent hostname-char-set hostname-char-replacement authoritative renew-timer rebind-timer calculate-tee-times t1-percent t2-percent match-client-id
        echo-client-id reservation-mode reservations-global reservations-in-subnet reservations-out-of-pool reservations-lookup-first host-reservation-identifiers ip-reservations-unique
        decline-probation-period dhcp4o6-port sanity-checks multi-threading dhcp-queue-control config-control server-tag statistic-default-sample-count statistic-default-sample-age
        store-extended-info cache-threshold cache-max-age parked-packet-limit early-global-reservations-lookup compatibility allocator offer-lifetime stash-agent-options 4o6-interface
        4o6-interface-id 4o6-subnet
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Append("").ToFrozenSet();

    public static bool ConcernsNoClient(string member) => Irrelevant.Contains(member);
}
