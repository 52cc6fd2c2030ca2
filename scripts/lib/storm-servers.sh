# shellcheck shell=bash disable=SC2154
# The servers of the storm lab, started in the namespace $head with their data in $work/data; for scripts to source after the other files of the lab.
# Each is set up as an administrator of such a room would: limits on transfers raised to the room, no address probed before an offer.

atftpd=$cache/atftpd/usr/sbin/atftpd # unpacked by scripts/install-deps
pool='10.77.1.0 10.77.16.254'
scriptlet="ifopen && chain $script_url || autoboot"

prerequisites() {
  local tool missing=()
  for tool in jq tc objcopy openssl ethtool $(server_tools "$1"); do command -v "$tool" >/dev/null || missing+=("$tool"); done
  [[ -e /usr/lib/systemd/boot/efi/linuxx64.efi.stub && -e /usr/lib/ipxe/undionly.kpxe ]] || missing+=(loaders)
  [[ $1 != *kea* || -x $atftpd ]] || missing+=(atftpd)
  [[ ${#missing[@]} -eq 0 ]] || "$repo/scripts/install-deps" bench
  for tool in $(server_tools "$1"); do command -v "$tool" >/dev/null || fail "$tool is missing"; done
}

server_tools() {
  local server
  for server in $1; do
    case $server in
      dnsmasq) echo dnsmasq nginx ;;
      isc) echo dhcpd in.tftpd nginx ;;
      kea) echo kea-dhcp4 nginx ;;
    esac
  done
}

# start_server NAME WAY: returns when clients are served.
start_server() {
  rm -rf "$work/data"
  mkdir -p "$work/data"
  chmod 777 "$work/data"
  "start_$1" "$2"
  await_port udp 69
  if [[ $1 != netbootd ]]; then
    start_nginx
    await_dhcp
  fi
  await_port tcp 80
}

run_server() { ip netns exec "$head" "$@" >>"$work/data/log" 2>&1 </dev/null & }

stop_server() {
  local pids
  for ((try = 0; try < 100; try++)); do
    pids=$(ip netns pids "$head" 2>/dev/null || true)
    [[ -n $pids ]] || return 0
    # shellcheck disable=SC2086
    kill "-$([[ $try -lt 30 ]] && echo TERM || echo KILL)" $pids 2>/dev/null || true
    sleep 0.2
  done
}

# CPU seconds of all processes of the servers, and of their children that ended.
server_cpu() {
  local pid total=0 part
  for pid in $(ip netns pids "$head"); do
    part=$(awk '{ sub(/.*\) /, ""); print $12 + $13 + $14 + $15 }' "/proc/$pid/stat" 2>/dev/null) || continue
    total=$((total + part))
  done
  awk -v ticks="$total" -v second="$(getconf CLK_TCK)" 'BEGIN { printf "%.2f\n", ticks / second }'
}

await_port() {
  local try
  for ((try = 0; try < 600; try++)); do
    [[ -z $(ip netns exec "$head" ss -Hnl "--$1" "sport = :$2") ]] || return 0
    sleep 0.1
  done
  fail "nothing listens on $1 port $2: $(tail -n 5 "$work/data/log")"
}

# ISC dhcpd and Kea hear by a packet socket, dnsmasq by port 67.
await_dhcp() {
  local try
  for ((try = 0; try < 100; try++)); do
    [[ -z $(ip netns exec "$head" ss -Hnl --udp 'sport = :67') && -z $(ip netns exec "$head" ss -Hn --packet) ]] || return 0
    sleep 0.1
  done
  fail "no DHCP server: $(tail -n 5 "$work/data/log")"
}

start_netbootd() {
  local loader=auto cmdline=quiet transport=http
  case $1 in
    pxelinux) loader=pxelinux transport=tftp ;;
    lpxelinux | snponly | ipxe-efi) loader=$1 ;;
    grub) loader=shim transport=tftp ;;
    undionly-os) cmdline='quiet ip=dhcp' ;;
  esac
  cat >"$work/data/netbootd.yaml" <<EOF
node: head1
store: sqlite:$work/data/fabric.db
interfaces: [eth1]
files: $files
admin: { listen: 127.0.0.1:9110, token_folder: $work/data }
subnets:
  - { network: 10.77.0.0/16, range: ${pool/ /-}, router: 10.77.0.1, lease: 12h }
profiles:
  default: { kernel: vmlinuz, initrd: [initrd.img], cmdline: $cmdline, loader: $loader, transport: $transport }
EOF
  run_server "$repo/dist/netbootd" run "$work/data/netbootd.yaml"
}

start_nginx() {
  cat >"$work/data/nginx.conf" <<EOF
daemon off; user root; worker_processes 2; pid $work/data/nginx.pid; error_log $work/data/nginx.log;
events { worker_connections 8192; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000; default_type application/octet-stream;
  server { listen 80 backlog=8192; root $files; }
}
EOF
  run_server nginx -c "$work/data/nginx.conf"
}

start_dnsmasq() {
  {
    printf '%s\n' keep-in-foreground port=0 interface=eth1 no-ping user=root dhcp-lease-max=100000 enable-tftp "tftp-root=$files" tftp-max=2000 \
      "dhcp-range=${pool/ /,},255.255.0.0,12h" "dhcp-leasefile=$work/data/leases" "log-facility=$work/data/log" dhcp-userclass=set:ipxe,iPXE "dhcp-boot=tag:!ipxe,$(way_boot_file "$1")"
    case $1 in
      undionly-os) echo dhcp-boot=tag:ipxe,http://10.77.0.1/boot-os.ipxe ;;
      lpxelinux) echo dhcp-option-force=210,http://10.77.0.1/ ;;
      uki | ipxe-efi) echo 'dhcp-option-force=tag:!ipxe,60,HTTPClient' ;;
    esac
    [[ $1 = undionly-os ]] || echo "dhcp-boot=tag:ipxe,$script_url"
    [[ $1 != undionly-one ]] || echo "dhcp-option-force=tag:!ipxe,encap:175,81,\"$scriptlet\""
    [[ $1 != ipxe-rom ]] || echo dhcp-option-force=encap:175,176,1b
  } >"$work/data/dnsmasq.conf"
  run_server dnsmasq --conf-file="$work/data/dnsmasq.conf"
}

start_isc() {
  local script=$script_url
  [[ $1 != undionly-os ]] || script=http://10.77.0.1/boot-os.ipxe
  {
    cat <<EOF
authoritative;
ping-check off;
default-lease-time 43200; max-lease-time 43200;
option space ipxe;
option ipxe-options code 175 = encapsulate ipxe;
option ipxe.scriptlet code 81 = text;
option ipxe.no-pxedhcp code 176 = unsigned integer 8;
option path-prefix code 210 = text;
subnet 10.77.0.0 netmask 255.255.0.0 { range $pool; option routers 10.77.0.1; next-server 10.77.0.1; }
if exists user-class and option user-class = "iPXE" {
  filename "$script";
EOF
    [[ $1 != ipxe-rom ]] || printf '  option ipxe.no-pxedhcp 1;\n  option dhcp-parameter-request-list = concat(option dhcp-parameter-request-list, af);\n'
    printf '} else {\n  filename "%s";\n' "$(way_boot_file "$1")"
    case $1 in
      undionly-one) printf '  option ipxe.scriptlet "%s";\n  option dhcp-parameter-request-list = concat(option dhcp-parameter-request-list, af);\n' "$scriptlet" ;;
      lpxelinux) printf '  option path-prefix "http://10.77.0.1/";\n  option dhcp-parameter-request-list = concat(option dhcp-parameter-request-list, d2);\n' ;;
      uki | ipxe-efi) printf '  option vendor-class-identifier "HTTPClient";\n' ;;
    esac
    echo '}'
  } >"$work/data/dhcpd.conf"
  : >"$work/data/dhcpd.leases"
  run_server dhcpd -4 -f --no-pid -cf "$work/data/dhcpd.conf" -lf "$work/data/dhcpd.leases" eth1
  run_server in.tftpd --foreground --listen --address 10.77.0.1:69 --secure --user root "$files"
}

start_kea() {
  local script=$script_url firmware='' ipxe=''
  [[ $1 != undionly-os ]] || script=http://10.77.0.1/boot-os.ipxe
  case $1 in
    undionly-one) firmware='{ "name": "ipxe", "always-send": true }, { "name": "scriptlet", "space": "ipxe", "data": "'$scriptlet'" }' ;;
    lpxelinux) firmware='{ "name": "path-prefix", "data": "http://10.77.0.1/", "always-send": true }' ;;
    uki | ipxe-efi) firmware='{ "name": "vendor-class-identifier", "data": "HTTPClient", "always-send": true }' ;;
    ipxe-rom) ipxe='{ "name": "ipxe", "always-send": true }, { "name": "no-pxedhcp", "space": "ipxe", "data": "1" }' ;;
  esac
  cat >"$work/data/kea.json" <<EOF
{ "Dhcp4": { "interfaces-config": { "interfaces": ["eth1"] },
  "lease-database": { "type": "memfile", "persist": true, "name": "$work/data/kea.leases", "lfc-interval": 0 },
  "valid-lifetime": 43200,
  "option-def": [
    { "name": "ipxe", "code": 175, "type": "empty", "encapsulate": "ipxe" },
    { "name": "scriptlet", "code": 81, "space": "ipxe", "type": "string" },
    { "name": "no-pxedhcp", "code": 176, "space": "ipxe", "type": "uint8" },
    { "name": "path-prefix", "code": 210, "type": "string" } ],
  "client-classes": [
    { "name": "second", "test": "substring(option[77].hex,0,4) == 'iPXE'", "next-server": "10.77.0.1", "boot-file-name": "$script", "option-data": [ $ipxe ] },
    { "name": "first", "test": "not member('second')", "next-server": "10.77.0.1", "boot-file-name": "$(way_boot_file "$1")", "option-data": [ $firmware ] } ],
  "subnet4": [ { "subnet": "10.77.0.0/16", "pools": [ { "pool": "${pool/ /-}" } ], "option-data": [ { "name": "routers", "data": "10.77.0.1" } ] } ],
  "loggers": [ { "name": "kea-dhcp4", "severity": "ERROR", "output_options": [ { "output": "$work/data/kea.log" } ] } ] } }
EOF
  run_server env KEA_LOCKFILE_DIR=none KEA_PIDFILE_DIR="$work/data" kea-dhcp4 -c "$work/data/kea.json"
  run_server "$atftpd" --daemon --no-fork --bind-address 10.77.0.1 --port 69 --user root --group root --maxthread 2000 --logfile "$work/data/log" "$files"
}
