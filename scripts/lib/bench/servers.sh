# shellcheck shell=bash disable=SC2154,SC2034
# The servers, each started by hand in its own pair of namespaces with what it needs and nothing else, and ended by its process id.

declare -A pids=() groups_of=()

netbootd=$repo/dist/netbootd
atftpd=$cache/atftpd/usr/sbin/atftpd # unpacked by scripts/install-deps
storm=$repo/dist/netboot-storm
dhcp_load=$repo/tests/Benchmarks/DhcpLoad/bin/Release/net10.0/dhcp-load
tftp_load=$repo/tests/Benchmarks/TftpLoad/bin/Release/net10.0/tftp-load
limits=$repo/tests/Benchmarks/Limits/bin/Release/net10.0/limits

# up SERVER NAME COMMAND…: starts it in a pair of its own; what it says goes to a log.
up() {
  local server=$1
  shift
  pair_up "$server"
  group_up "$server"
  {
    if [[ -n ${groups_of[$server]:-} ]]; then echo "$BASHPID" >"${groups_of[$server]}/cgroup.procs"; fi
    exec ip netns exec "$(head_of "$server")" "$@"
  } >"$work/$server.log" 2>&1 &
  pids[$server]=$!
}

# A control group of the server's own, where the machine has them (cgroup v2): it counts the CPU of everything that the server starts.
group_up() {
  local mount
  mount=$(findmnt -n -t cgroup2 -o TARGET | head -1)
  if [[ -n $mount ]] && mkdir "$mount/nbf-$1-$$" 2>/dev/null; then groups_of[$1]=$mount/nbf-$1-$$; fi
}

down() {
  local pid=${pids[$1]:-}
  if [[ -n $pid ]]; then
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    unset "pids[$1]"
  fi
  group_down "$1"
  pair_down "$1"
}

# Children that outlive their server end with it.
group_down() {
  local group=${groups_of[$1]:-} try child
  if [[ -z $group ]]; then return; fi
  for ((try = 0; try < 50; try++)); do
    if rmdir "$group" 2>/dev/null; then break; fi
    while read -r child; do kill "$child" 2>/dev/null || true; done <"$group/cgroup.procs"
    sleep 0.1
  done
  unset "groups_of[$1]"
}

stop_all() {
  local server
  for server in "${spaces[@]}"; do down "$server"; done
  spaces=()
}

# await SERVER COMMAND…: until the command succeeds, within 30 s.
await() {
  local server=$1 until=$((SECONDS + 30))
  shift
  until "$@" >/dev/null 2>&1; do
    if ! kill -0 "${pids[$server]}" 2>/dev/null || ((SECONDS > until)); then
      tail -n 20 "$work/$server.log" >&2
      fail "$server does not answer; above is the end of its log"
    fi
    sleep 0.1
  done
}

# files: what TFTP and HTTP serve, the same octets for all.
files() {
  if [[ -d $work/files ]]; then return; fi
  mkdir -p "$work/files"
  head -c $((1 << 20)) /dev/urandom >"$work/files/1m"
  head -c $((64 << 20)) /dev/urandom >"$work/files/64m"
  head -c 300 /dev/urandom >"$work/files/tiny"
  head -c 65536 /dev/urandom >"$work/files/vmlinuz"
  head -c 32768 /dev/urandom >"$work/files/initrd"
  chmod -R a+rX "$work" "$work/files"
}

up_netbootd() {
  files
  rm -rf "$work/netbootd" && mkdir -p "$work/netbootd"
  cat >"$work/netbootd/netbootd.yaml" <<YAML
node: bench
store: sqlite:$work/netbootd/fabric.db
interfaces: [eth1]
files: $work/files
admin: { listen: 127.0.0.1:9110, token_folder: $work/netbootd }
subnets:
  - { network: 10.64.0.0/12, range: 10.64.1.0-10.79.255.254, router: $server_address, dns: [$server_address], lease: 12h }
profiles:
  default: { kernel: vmlinuz, initrd: [initrd] }
YAML
  up netbootd "$netbootd" run "$work/netbootd/netbootd.yaml"
}

# up_kea SERVER PERSIST THREADS SOCKET: udp for clients behind a relay agent, raw for those on the segment.
up_kea() {
  local folder=$work/$1
  rm -rf "$folder" && mkdir -p "$folder"
  cat >"$folder/kea.json" <<JSON
{ "Dhcp4": { "interfaces-config": { "interfaces": ["eth1"], "dhcp-socket-type": "$4" },
  "lease-database": { "type": "memfile", "persist": $2, "name": "$folder/leases", "lfc-interval": 0 },
  "multi-threading": { "enable-multi-threading": $([[ $3 -gt 1 ]] && echo true || echo false), "thread-pool-size": $3 },
  "valid-lifetime": 43200, "next-server": "$server_address", "boot-file-name": "undionly.kpxe",
  "subnet4": [ { "subnet": "10.64.0.0/12", "pools": [ { "pool": "10.64.1.0-10.79.255.254" } ],
    "option-data": [ { "name": "routers", "data": "$server_address" } ] } ],
  "loggers": [ { "name": "kea-dhcp4", "severity": "ERROR", "output_options": [ { "output": "stdout" } ] } ] } }
JSON
  up "$1" env KEA_LOCKFILE_DIR=none KEA_PIDFILE_DIR="$folder" kea-dhcp4 -c "$folder/kea.json"
}

# A pool of 12 000: ISC dhcpd gets slower with the size of its pool.
up_isc() {
  local folder=$work/isc
  rm -rf "$folder" && mkdir -p "$folder"
  : >"$folder/leases"
  cat >"$folder/dhcpd.conf" <<CONF
authoritative;
ping-check false;
default-lease-time 43200;
max-lease-time 43200;
subnet 10.64.0.0 netmask 255.240.0.0 {
  range 10.64.1.0 10.64.47.223;
  option routers $server_address;
  next-server $server_address;
  filename "undionly.kpxe";
}
CONF
  up isc dhcpd -4 -f -q -user root -group root -cf "$folder/dhcpd.conf" -lf "$folder/leases" -pf "$folder/pid" --no-pid eth1
}

up_dnsmasq_dhcp() {
  rm -f "$work/dnsmasq.leases"
  up dnsmasq dnsmasq --keep-in-foreground --port=0 --conf-file=/dev/null --interface=eth1 --no-ping --user=root --dhcp-lease-max=1000000 \
    --dhcp-range=10.64.1.0,10.79.255.254,255.240.0.0,12h --dhcp-boot=undionly.kpxe --dhcp-leasefile="$work/dnsmasq.leases" --log-facility=/dev/null --quiet-dhcp
}

up_dnsmasq_tftp() {
  up dnsmasq dnsmasq --keep-in-foreground --port=0 --conf-file=/dev/null --user=root --enable-tftp --tftp-root="$work/files" --tftp-max=2000 --log-facility=/dev/null --quiet-tftp
}

up_tftpd-hpa() { up tftpd-hpa in.tftpd --foreground --listen --user root --address "$server_address:69" --secure "$work/files"; }

# Its default of 100 threads would turn the others away.
up_atftpd() { up atftpd "$atftpd" --daemon --no-fork --user root --group root --maxthread 2000 --logfile /dev/null "$work/files"; }

up_nginx() {
  mkdir -p "$work/nginx"
  cat >"$work/nginx/nginx.conf" <<CONF
worker_processes 2;
worker_rlimit_nofile 65536;
daemon off;
user root;
pid $work/nginx/pid;
error_log $work/nginx/error.log;
events { worker_connections 16384; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  default_type application/octet-stream;
  client_body_temp_path $work/nginx/body;
  proxy_temp_path $work/nginx/proxy;
  fastcgi_temp_path $work/nginx/fastcgi;
  uwsgi_temp_path $work/nginx/uwsgi;
  scgi_temp_path $work/nginx/scgi;
  server { listen 80 backlog=16384; root $work/files; }
}
CONF
  up nginx nginx -e "$work/nginx/error.log" -c "$work/nginx/nginx.conf"
}
