# shellcheck shell=bash disable=SC2154,SC2034
# Where a server is measured: two network namespaces of its own, joined by a veth pair. Every pair has the same addresses.
#   head   eth1, the server's card, 10.64.0.1/12
#   room   eth1, the clients' side, 10.64.0.2/12; TFTP clients are 10.80.0.0/16, all of them addresses of the room

server_address=10.64.0.1
relay_address=10.64.0.2
first_client=10.80.0.1

spaces=()

# 10 000 clients on one segment are 10 000 neighbours: for every server alike.
room_begin() {
  work=$(mktemp -d)
  trap room_end EXIT
  raise_neighbours 20000
}

room_end() {
  stop_all
  restore_sysctls
  rm -rf "$work"
}

head_of() { echo "nbf-$1-$$-head"; }
room_of() { echo "nbf-$1-$$-room"; }

# pair_up SERVER
pair_up() {
  local head room
  head=$(head_of "$1") room=$(room_of "$1")
  ip netns add "$head"
  ip netns add "$room"
  spaces+=("$1")
  ip -n "$head" link add eth1 type veth peer name eth1 netns "$room"
  ip -n "$head" link set lo up
  ip -n "$room" link set lo up
  ip -n "$head" address add "$server_address/12" dev eth1
  ip -n "$room" address add "$relay_address/12" dev eth1
  ip -n "$head" link set eth1 up
  ip -n "$room" link set eth1 up
  ip -n "$head" route add 10.80.0.0/16 via "$relay_address"
  ip -n "$room" route add local 10.80.0.0/16 dev lo
  ip netns exec "$head" sysctl -qw net.core.somaxconn=16384
  ip netns exec "$room" sysctl -qw net.ipv4.ip_local_port_range='1024 65535'
}

# pair_down SERVER
pair_down() {
  ip netns del "$(room_of "$1")" 2>/dev/null || true
  ip netns del "$(head_of "$1")" 2>/dev/null || true
}

# in_room SERVER COMMAND…, in_head SERVER COMMAND…
in_room() { ip netns exec "$(room_of "$1")" "${@:2}"; }
in_head() { ip netns exec "$(head_of "$1")" "${@:2}"; }

# shape SERVER, unshape SERVER: the server's uplink as a room of the past had it.
shape() { ip netns exec "$(head_of "$1")" tc qdisc add dev eth1 root tbf rate 100mbit burst 5kb limit 32768; }
unshape() { ip netns exec "$(head_of "$1")" tc qdisc del dev eth1 root; }
