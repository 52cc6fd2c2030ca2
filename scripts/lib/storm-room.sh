# shellcheck shell=bash disable=SC2154
# The storm lab's network, for scripts to source after common.sh:
#   namespace $head: eth1, the servers, 10.77.0.1/16
#   namespace $wire: br0, the switch; its port to the room is the uplink that is shaped
#   namespace $room: eth1, the simulated machines

head=nbl$$-head
wire=nbl$$-wire
room=nbl$$-room

room_up() {
  local space
  for space in "$head" "$wire" "$room"; do
    ip netns add "$space"
    ip -n "$space" link set lo up
  done
  ip -n "$wire" link add br0 type bridge forward_delay 0 mcast_snooping 0
  ip -n "$wire" link set br0 up
  ip -n "$head" link add eth1 address 02:00:00:00:00:01 type veth peer name servers netns "$wire"
  ip -n "$room" link add eth1 address 02:00:00:00:00:02 type veth peer name clients netns "$wire"
  # The switch's queue is to hold packets of a wire's size: nothing is to be joined or left to hardware that is not there.
  for space in "$head" "$room"; do ip netns exec "$space" ethtool -K eth1 tx off tso off gso off gro off >/dev/null; done
  ip -n "$wire" link set servers master br0 up
  ip -n "$wire" link set clients master br0 up
  ip -n "$head" address add 10.77.0.1/16 dev eth1
  ip -n "$head" link set eth1 up
  ip -n "$room" link set eth1 up
  # As every one of the servers' manuals (and netbootd's start) advises for a room of this size; the same for all of them.
  ip netns exec "$head" sysctl -qw net.core.somaxconn=8192 net.ipv4.tcp_max_syn_backlog=16384
}

room_down() {
  local space
  for space in "$head" "$room"; do
    ip netns pids "$space" 2>/dev/null | xargs -r kill -9 2>/dev/null || true
  done
  for space in "$head" "$wire" "$room"; do ip netns del "$space" 2>/dev/null || true; done
}

# shape MBIT: to the room, from now on. Bucket: a millisecond, two packets at least. Queue: 2.6 ms (32 KiB at 100 Mbit/s), 32 KiB at least.
shape() {
  local burst=$(($1 * 125)) queue=$(($1 * 328))
  tc -n "$wire" qdisc replace dev clients root tbf rate "$1mbit" burst $((burst > 3100 ? burst : 3100)) limit $((queue > 32768 ? queue : 32768))
}
