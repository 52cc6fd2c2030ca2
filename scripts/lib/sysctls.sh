# shellcheck shell=bash
# Limits of the kernel that a measurement needs higher than they are, for scripts to source.

declare -A saved_sysctls=()

# raise_sysctl NAME VALUE: unless it is as high already. The neighbour tables' limits are those of all namespaces together.
raise_sysctl() {
  local now
  now=$(sysctl -n "$1")
  if [[ $now -ge $2 ]]; then return; fi
  saved_sysctls[$1]=$now
  sysctl -qw "$1=$2"
}

# raise_neighbours COUNT: room for so many on one segment.
raise_neighbours() {
  raise_sysctl net.ipv4.neigh.default.gc_thresh3 $(($1 * 4))
  raise_sysctl net.ipv4.neigh.default.gc_thresh2 $(($1 * 2))
  raise_sysctl net.ipv4.neigh.default.gc_thresh1 "$1"
}

restore_sysctls() {
  local name
  for name in "${!saved_sysctls[@]}"; do sysctl -qw "$name=${saved_sysctls[$name]}" || true; done
}
