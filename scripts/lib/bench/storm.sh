# shellcheck shell=bash disable=SC2154
# All DISCOVERs within a second, broadcast on the server's own segment.

storm_up() {
  case $1 in
    kea-file) up_kea kea-file true 1 raw ;;
    kea-memory) up_kea kea-memory false 1 raw ;;
    *) dhcp_up "$1" && return ;;
  esac
  # Raw sockets hear no relay agent's unicast here: one simulated client asks instead.
  await "$1" in_room "$1" "$storm" --interface eth1 --clients 1 --kind dhcp-only --first-mac 02:61:00:00:00:00 --limit 1
}

# The simulated clients read frames: checksums that the veth pair would leave out must be there.
bench_storm() {
  local server clients=10000 before after report=$work/storm.json
  if [[ -n $quick ]]; then clients=1000; fi
  for server in $(among kea-file netbootd kea-memory isc dnsmasq); do
    storm_up "$server"
    in_head "$server" ethtool -K eth1 tx off >/dev/null
    rm -f "$report"
    before=$(cpu_of "$server")
    in_room "$server" "$storm" --interface eth1 --clients "$clients" --kind dhcp-only --arrivals ramp:1 --limit 90 --json "$report" >"$work/storm.log" 2>&1 || true
    after=$(cpu_of "$server")
    [[ -s $report ]] || fail "netboot-storm: $(tail -5 "$work/storm.log")"
    record storm discovers "$server" "$(jq -c --argjson cpu "[$before, $after]" '
      def at($share): .clients as $n | [.curves[] | select(.name == "Booted") | .points[] | select(.clients >= $share * $n) | .seconds] | first // null;
      { clients, completed: .booted, p50: at(0.5), p99: at(0.99), last: (if .booted == .clients then .lastBooted else null end), lastCompleted: .lastBooted,
        retries: .counters.dhcpRetries, doubled: (.duplicateAddresses | length), cpu: ($cpu[1] - $cpu[0]) }' "$report")"
    down "$server"
  done
}
