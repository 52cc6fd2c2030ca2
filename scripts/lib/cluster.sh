# shellcheck shell=bash disable=SC2154
# A cluster of head nodes that stays up between commands, for scripts to source after common.sh. One per machine:
#   namespace nbf-room       br0, the switch of the clients, with a port for each head node and one called storm for simulated clients; br1, the back network's
#   namespace nbf-database   PostgreSQL, back 10.0.0.9/24
#   namespace nbf-headN      a head node: eth1 10.77.0.N/16 for clients, back 10.0.0.N/24 to the database and the other head nodes
# State is one directory: NAME.pid, NAME.started (so that a number used again is not taken for ours), NAME.log, NAME.yaml, the programs, the database.

state=/var/lib/netboot-lab
room=nbf-room
database=nbf-database
most_heads=8

head_space() { printf 'nbf-head%s' "$1"; }

# started PID: when, in ticks since the machine's start; nothing when it is gone, or dead and not yet buried. The name, in brackets, may have spaces.
started() { sed -n 's/.*) \([^ZX] .*\)/\1/p' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# process NAME: the number of a process of ours that runs; fails when it does not.
process() {
  local pid
  pid=$(cat "$state/$1.pid" 2>/dev/null) && [[ -n $pid && $(started "$pid") = "$(cat "$state/$1.started" 2>/dev/null)" ]] && printf '%s' "$pid"
}

runs() { process "$1" >/dev/null; }
gone() { ! runs "$1"; }

# launch NAME NAMESPACE COMMAND…: in the background, in a session of its own, with a log.
launch() {
  local name=$1 space=$2
  shift 2
  # exec all the way down: the number that is noted is the program's.
  setsid ip netns exec "$space" "$@" >>"$state/$name.log" 2>&1 </dev/null 8>&- 9>&- &
  printf '%s\n' "$!" >"$state/$name.pid"
  started "$!" >"$state/$name.started"
}

# stop NAME SIGNAL SECONDS: then SIGKILL. A stopped process is continued first: it could not take the signal.
stop() {
  local pid
  if pid=$(process "$1"); then
    kill -CONT "$pid"
    kill "-$2" "$pid"
    if ! await "$3" gone "$1"; then
      say "$1 did not stop within $3 s and is killed"
      kill -9 "$pid" || true
    fi
  fi
  rm -f "$state/$1.pid" "$state/$1.started"
}

# await SECONDS CONDITION…: asks until it holds; fails when the time is over.
await() {
  local until=$((SECONDS + $1))
  shift
  until "$@"; do
    [[ $SECONDS -lt $until ]] || return 1
    sleep 0.2
  done
}

# tail_of NAME: the end of its log, for a failure.
tail_of() {
  say "the last lines of $state/$1.log:"
  tail -15 "$state/$1.log" 2>/dev/null || true
}

space_exists() { [[ -e /run/netns/$1 ]]; }

# plug NAMESPACE INTERFACE BRIDGE PORT MAC [ADDRESS]
plug() {
  ip -n "$room" link add "$4" type veth peer name "$2" address "$5" netns "$1"
  # Without a real card behind it nobody would fill in a checksum that was left to the hardware.
  ip netns exec "$1" ethtool -K "$2" tx off >/dev/null
  ip -n "$room" link set "$4" master "$3" up
  if [[ -n ${6:-} ]]; then ip -n "$1" address add "$6" dev "$2"; fi
  ip -n "$1" link set "$2" up
}

space() {
  ip netns add "$1"
  ip -n "$1" link set lo up
}

network_up() {
  local bridge
  space "$room"
  for bridge in br0 br1; do
    ip -n "$room" link add "$bridge" type bridge forward_delay 0 mcast_snooping 0
    ip -n "$room" link set "$bridge" up
  done
  plug "$room" storm br0 storm-port 02:6e:62:ff:ff:01
  space "$database"
  plug "$database" back br1 database 02:6e:62:01:00:09 10.0.0.9/24
}

# head_space_up NUMBER
head_space_up() {
  local name
  name=$(head_space "$1")
  space "$name"
  plug "$name" eth1 br0 "head$1" "02:6e:62:00:ff:0$1" "10.77.0.$1/16"
  plug "$name" back br1 "head$1-back" "02:6e:62:01:00:0$1" "10.0.0.$1/24"
}

network_down() {
  local name
  for name in "$room" "$database" $(ip netns list | sed -n 's/^\(nbf-head[0-9]\)\b.*/\1/p'); do
    if space_exists "$name"; then ip netns del "$name"; fi
  done
}

postgres_programs() {
  local newest
  newest=$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -1)
  [[ -n $newest ]] || fail "no PostgreSQL server under /usr/lib/postgresql: scripts/install-deps"
  dirname "$newest"
}

# As the user postgres: the server refuses root.
as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups env -C "$state/database" "$@"; }

database_exists() { [[ -e $state/database/data/PG_VERSION ]]; }
database_answers() { "$postgres/pg_isready" -q -h "$state/database" -U postgres || gone database; }

make_database() {
  rm -rf "$state/database"
  install -d -o postgres -g postgres -m 755 "$state/database"
  as_postgres "$postgres/initdb" -D data -U postgres -E UTF8 --locale=C --auth-local=trust --auth-host=scram-sha-256 >"$state/database.log" 2>&1 || return 1
  printf 'host netboot netboot 10.0.0.0/24 scram-sha-256\n' >>"$state/database/data/pg_hba.conf"
  (umask 077 && head -c 18 /dev/urandom | base64 | tr '+/' 'xy' >"$state/password")
}

# fsync and synchronous_commit stay on: the promise about acknowledged leases is tried here too.
launch_database() {
  launch database "$database" setpriv --reuid=postgres --regid=postgres --init-groups "$postgres/postgres" -D "$state/database/data" \
    -c listen_addresses=10.0.0.9 -c "unix_socket_directories=$state/database"
}

database_is_up() { await 30 database_answers && runs database; }

# A server that was killed leaves its children for a moment, and the next one does not start before they are gone.
start_database() {
  local try
  postgres=$(postgres_programs)
  if ! database_exists; then make_database || return 1; fi
  for try in 1 2 3 4 5; do
    launch_database
    if database_is_up; then break; fi
    [[ $try -lt 5 ]] || return 1
    sleep 1
  done
  "$postgres/psql" -q -h "$state/database" -U postgres -v "password=$(cat "$state/password")" -f "$repo/cluster-config/three-heads/schema-role.sql" >>"$state/database.log" 2>&1
}

# head_configuration NUMBER
head_configuration() {
  cat <<YAML
node: head$1
store: postgres:Host=10.0.0.9;Database=netboot;Username=netboot;Password=$(cat "$state/password")
cluster:
  listen: 10.0.0.$1:9120
  service: 10.77.0.1$1
interfaces: [eth1]
files: $cache/payload
subnets:
  - network: 10.77.0.0/16
    range: 10.77.1.0-10.77.250.254
    router: 10.77.0.254
    dns: [10.77.0.254]
    lease: 12h
    unknown: allow
profiles:
  default:
    kernel: vmlinuz
    initrd: [initrd.img]
    cmdline: console=ttyS0 panic=-1 no_timer_check
YAML
}

# launch_head NUMBER
launch_head() {
  (umask 077 && head_configuration "$1" >"$state/head$1.yaml")
  launch "head$1" "$(head_space "$1")" "$state/programs/netbootd" run "$state/head$1.yaml"
}

head_answers() { ip netns exec "$(head_space "$1")" "$state/programs/pbm" status --json >/dev/null 2>&1 || gone "head$1"; }

# cluster_is_whole COUNT: so many head nodes are up, and each shard has an owner.
cluster_is_whole() {
  ip netns exec "$(head_space 1)" "$state/programs/pbm" cluster show --json 2>/dev/null |
    jq -e ".alone or (([.members[] | select(.status == \"up\")] | length) >= $1 and .shardsWithoutOwner == 0)" >/dev/null
}

heads_running() {
  local number
  for ((number = 1; number <= most_heads; number++)); do
    if runs "head$number"; then printf '%s\n' "$number"; fi
  done
}

# Everything that runs, and the network. Head nodes stop side by side: each hands its clients over to those that are left.
cluster_stop() {
  local file name
  for file in "$state"/machine-*.pid; do
    name=$(basename "$file" .pid)
    if [[ -e $file ]]; then stop "$name" TERM 5; fi
  done
  for name in $(heads_running); do stop "head$name" TERM 30 & done
  wait
  # SIGINT: PostgreSQL's fast shutdown, which waits for no client.
  stop database INT 30
  rm -f "$state"/*.pid "$state"/*.started
  network_down
}
