# shellcheck shell=bash disable=SC2154
# netbootd's memory with many clients known.

bench_memory() {
  local clients=10000 report=$work/memory.json idle
  if [[ -n $quick ]]; then clients=1000; fi
  if [[ -z $(among netbootd) ]]; then return; fi
  dhcp_up netbootd
  in_head netbootd ethtool -K eth1 tx off >/dev/null
  record memory start netbootd "{ \"memory\": $(memory_of netbootd VmRSS) }"
  dhcp_load netbootd --clients "$clients" >/dev/null
  sleep 10
  idle=$(memory_of netbootd VmRSS)
  record memory idle netbootd "{ \"clients\": $clients, \"memory\": $idle, \"most\": $(memory_of netbootd VmHWM) }"
  echo 5 >"/proc/${pids[netbootd]}/clear_refs" # VmHWM begins anew
  in_room netbootd "$storm" --interface eth1 --clients "$clients" --kind ipxe-http --first-mac 02:62:00:00:00:00 --arrivals ramp:20 --verify "$work/files" --json "$report" >"$work/storm.log" 2>&1 || true
  [[ -s $report ]] || fail "netboot-storm: $(tail -5 "$work/storm.log")"
  record memory boots netbootd "$(jq -c --argjson most "$(memory_of netbootd VmHWM)" --argjson now "$(memory_of netbootd VmRSS)" \
    '{ clients, completed: .booted, last: .lastBooted, memory: $now, most: $most, failures: [.failures[] | "\(.clients) × \(.text)"] }' "$report")"
  down netbootd
}
