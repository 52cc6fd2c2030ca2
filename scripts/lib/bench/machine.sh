# shellcheck shell=bash disable=SC2154
# What the figures depend on, as one JSON object.

version_of() {
  case $1 in
    netbootd) "$repo/dist/netbootd" --version 2>/dev/null | sed 's/+.*//;q' ;;
    atftpd) { "$atftpd" --version 2>&1 || true; } | sed -n '1s/[^0-9]*\([0-9.]*\).*/\1/p' ;;
    *) dpkg-query -W -f '${Version}' "$1" ;;
  esac
}

machine() {
  local package versions='{}'
  for package in netbootd kea-dhcp4-server isc-dhcp-server dnsmasq-base tftpd-hpa atftpd nginx-light wrk curl kea-admin; do
    versions=$(jq -c --arg name "$package" --arg version "$(version_of "$package")" '.[$name] = $version' <<<"$versions")
  done
  jq -n --arg cores "$(nproc)" --arg cpu "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" --arg kernel "$(uname -sr)" \
    --arg memory "$(awk '/MemTotal/ { printf "%d GiB", $2 / 1048576 + 0.5 }' /proc/meminfo)" --arg system "$(. /etc/os-release && echo "$PRETTY_NAME")" \
    --arg date "$(date -u +%F)" --arg load "$(cut -d' ' -f1-3 /proc/loadavg)" --argjson versions "$versions" \
    --arg commit "$(git -C "$repo" rev-parse --short HEAD 2>/dev/null || echo unknown)" \
    '{ $cores, $cpu, $kernel, $memory, $system, $date, $load, $versions, $commit }'
}

# tree PID: it and all its descendants.
tree() {
  local pid child
  echo "$1"
  for pid in "/proc/$1/task/"*/children; do
    for child in $(cat "$pid" 2>/dev/null); do tree "$child"; done
  done
}

# cpu_of SERVER: seconds of CPU that a server, its threads and its children took so far, from its control group. Without one, from /proc (proc(5), fields 14
# to 17), which forgets ended children that nobody waited for.
cpu_of() {
  local group=${groups_of[$1]:-} pid stat total=0
  if [[ -n $group ]]; then
    awk '/^usage_usec/ { print $2 / 1000000 }' "$group/cpu.stat"
    return
  fi
  for pid in $(tree "${pids[$1]}"); do
    stat=$(cat "/proc/$pid/stat" 2>/dev/null) || continue
    # shellcheck disable=SC2086 # behind the name, which may hold blanks, stand plain numbers
    set -- ${stat##*) }
    total=$((total + ${12} + ${13} + ${14} + ${15}))
  done
  awk -v ticks="$total" -v hertz="$(getconf CLK_TCK)" 'BEGIN { print ticks / hertz }'
}

# machine_cpu: seconds that all processors were busy so far, with whatever (proc(5), /proc/stat).
machine_cpu() { awk -v hertz="$(getconf CLK_TCK)" '/^cpu / { print ($2 + $3 + $4 + $7 + $8) / hertz }' /proc/stat; }

# memory_of SERVER FIELD: MiB of a process and its children, VmRSS (now) or VmHWM (at most so far).
memory_of() {
  local pid
  for pid in $(tree "${pids[$1]}"); do grep "^$2:" "/proc/$pid/status" 2>/dev/null; done | awk '{ sum += $2 } END { printf "%.1f", sum / 1024 }'
}
