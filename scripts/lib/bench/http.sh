# shellcheck shell=bash disable=SC2154
# HTTP: wrk counts what it gets in a fixed time; curl loads one file again and again over one connection.

http_clients=8

http_up() {
  local i
  files
  "up_$1"
  for ((i = 1; i <= http_clients; i++)); do
    ip -n "$(head_of "$1")" address add "10.64.2.$i/32" dev eth1
    ip -n "$(room_of "$1")" route add "10.64.2.$i" dev eth1 src "10.80.2.$i"
  done
  await "$1" in_room "$1" curl -sf -o /dev/null "http://$server_address/tiny"
  [[ $(in_room "$1" curl -sf "http://$server_address/64m" | sha256sum) = "$(sha256sum <"$work/files/64m")" ]] || fail "$1 does not serve the file"
}

# What the server and what the whole machine spent so far, as a JSON array: part of a server's packets leaves while the client's acknowledgements are processed, which
# is on nobody's account or on the client's.
http_spent() { echo "[$(cpu_of "$1"), $(machine_cpu)]"; }

# http_record SERVER CASE BEFORE RESULT: with what was spent since BEFORE.
http_record() {
  local after
  after=$(http_spent "$1")
  record http "$2" "$1" "$4" "$(jq -n --argjson before "$3" --argjson after "$after" --argjson result "$4" --argjson memory "$(memory_of "$1" VmRSS)" \
    'def per($whose; $count): if $count > 0 then ($after[$whose] - $before[$whose]) / $count else null end;
    { mibPerSecond: ($result.octets / $result.seconds / 1048576), getsPerSecond: ($result.requests / $result.seconds),
      cpuPerGib: per(0; $result.octets / 1073741824), machinePerGib: per(1; $result.octets / 1073741824), cpuPer10000: per(0; $result.requests / 10000), memory: $memory }')"
}

# http_wrk SERVER CASE FILE CONNECTIONS [HEADER]: eight wrks, each with an address of its own on both sides, since a server may hold it against one client
# when it opens a hundred connections.
http_wrk() {
  local before result i load=()
  before=$(http_spent "$1")
  for ((i = 1; i <= http_clients; i++)); do
    in_room "$1" wrk -t 1 -c $(($4 / http_clients)) -d "$http_seconds" ${5:+-H "$5"} -s "$repo/scripts/lib/bench/wrk.lua" "http://10.64.2.$i/$3" >"$work/wrk.$i" &
    load+=($!)
  done
  wait "${load[@]}"
  result=$(grep -h '^{' "$work"/wrk.* | jq -cs '{ octets: map(.octets) | add, requests: map(.requests) | add, errors: map(.errors) | add, seconds: map(.seconds) | max, p50Ms: map(.p50Ms) | max, p99Ms: map(.p99Ms) | max }')
  http_record "$1" "$2" "$before" "$result"
}

# http_curl SERVER CASE TIMES
http_curl() {
  local before result urls=() i
  for ((i = 0; i < $3; i++)); do urls+=(-o /dev/null "http://$server_address/64m"); done
  before=$(http_spent "$1")
  result=$(in_room "$1" curl -sf -w '%{size_download} %{time_total}\n' "${urls[@]}" |
    awk '{ octets += $1; seconds += $2 } END { printf "{ \"octets\": %d, \"seconds\": %f, \"requests\": %d, \"errors\": 0 }\n", octets, seconds, NR }')
  http_record "$1" "$2" "$before" "$result"
}

bench_http() {
  local server all times=40
  http_seconds=5s
  if [[ -n $quick ]]; then http_seconds=1s times=5; fi
  all=$(among netbootd nginx)
  for server in $all; do http_up "$server"; done
  for server in $all; do http_curl "$server" one "$times"; done
  for server in $all; do http_wrk "$server" 16 64m 16; done
  for server in $all; do http_wrk "$server" 200 64m 200; done
  for server in $all; do http_wrk "$server" tiny-kept tiny 64; done
  for server in $all; do http_wrk "$server" tiny-each tiny 64 'Connection: close'; done
  stop_all
}
