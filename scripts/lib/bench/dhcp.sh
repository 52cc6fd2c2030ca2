# shellcheck shell=bash disable=SC2154,SC2034
# DHCP in a closed loop, and perfdhcp at a fixed rate.

dhcp_load() { in_room "$1" "$dhcp_load" --server "$server_address" --relay "$relay_address" "${@:2}"; }

dhcp_up() {
  case $1 in
    netbootd) up_netbootd ;;
    limit) up limit "$limits" dhcp --address "$server_address" ;;
    kea-file) up_kea kea-file true 1 udp ;;
    kea-memory) up_kea kea-memory false 1 udp ;;
    kea-threads) up_kea kea-threads true 2 udp ;;
    isc) up_isc ;;
    dnsmasq) up_dnsmasq_dhcp ;;
  esac
  await "$1" dhcp_load "$1" --clients 1 --first-mac 02:61:00:00:00:00 --timeout 0.2 --retries 0
}

# dhcp_case SERVER CASE CLIENTS: whoever has not served them all after a minute has shown how fast it is. A second more for what the server does behind its answers.
dhcp_case() {
  local before after result
  before=$(cpu_of "$1")
  result=$(dhcp_load "$1" --clients "$3" --limit 60) || true
  sleep 1
  after=$(cpu_of "$1")
  record dhcp "$2" "$1" "$result" \
    "$(jq -n --argjson before "$before" --argjson after "$after" --argjson result "$result" --argjson memory "$(memory_of "$1" VmRSS)" \
      '{ cpuPer1000: (($after - $before) * 1000 / ([$result.completed, 1] | max)), memory: $memory }')"
}

# perfdhcp's own receive buffer is the kernel's default of some 160 packets: what it drops there itself it would count as lost by the server.
dhcp_perf() {
  local rate=$2 seconds=$3 before after usual report=$work/perfdhcp.txt
  usual=$(sysctl -n net.core.rmem_default)
  saved_sysctls[net.core.rmem_default]=$usual
  before=$(cpu_of "$1")
  sysctl -qw net.core.rmem_default=4194304
  in_room "$1" perfdhcp -4 -l "$relay_address" -r "$rate" -R $((rate * seconds * 2)) -p "$seconds" -W 1000000 -b mac=00:0c:10:00:00:00 \
    -o "60,$(printf PXEClient:Arch:00000:UNDI:002001 | od -An -tx1 | tr -d ' \n')" -o 93,0000 "$server_address" >"$report" 2>&1 || true
  sysctl -qw "net.core.rmem_default=$usual"
  sleep 1
  after=$(cpu_of "$1")
  record dhcp perfdhcp "$1" "$(awk -v rate="$rate" -v seconds="$seconds" -v cpu="$before $after" '
    BEGIN { split(cpu, used, " ") }
    /DISCOVER-OFFER/ { part = "offer" } /REQUEST-ACK/ { part = "ack" }
    /sent packets/ { sent[part] = $3 } /received packets/ { got[part] = $3 } /avg delay/ { delay[part] = $3 }
    END {
      printf "{ \"offered\": %d, \"exchangesPerSecond\": %.0f, \"lostPercent\": %.2f, \"offerMs\": %.3f, \"ackMs\": %.3f, \"cpuPer1000\": %.4f }\n", rate,
        got["ack"] / seconds, sent["offer"] ? 100 * (1 - got["ack"] / sent["offer"]) : 100, delay["offer"], delay["ack"], got["ack"] ? (used[2] - used[1]) * 1000 / got["ack"] : 0
    }' "$report")"
}

# dhcp_warm SERVER CLIENTS FIRST-MAC: servers run for weeks, and none is measured while it warms up. A runtime that compiles what is called often counts calls only
# once nothing new has been called for a moment: so it takes two storms with a pause.
dhcp_warm() {
  dhcp_load "$1" --clients "$2" --first-mac "$3" >/dev/null || true
  sleep 1
}

bench_dhcp() {
  local server clients=10000 rate=4000 seconds=5
  if [[ -n $quick ]]; then clients=1000 rate=1000 seconds=1; fi
  for server in $(among limit kea-file netbootd kea-memory kea-threads isc dnsmasq); do
    dhcp_up "$server"
    dhcp_warm "$server" $((clients / 20)) 02:63:00:00:00:00
    dhcp_warm "$server" $((clients / 20)) 02:63:10:00:00:00
    dhcp_case "$server" new "$clients"
    dhcp_case "$server" again "$clients"
    case $server in netbootd | kea-file) dhcp_perf "$server" "$rate" "$seconds" ;; esac
    down "$server"
  done
}
