# shellcheck shell=bash disable=SC2154
# TFTP: every client has an address of its own, repeats after 1 s and gives up after five repetitions.

tftp_load() { in_room "$1" "$tftp_load" --server "$server_address" --first "$first_client" "${@:2}"; }

tftp_up() {
  files
  case $1 in
    netbootd) up_netbootd ;;
    dnsmasq) up_dnsmasq_tftp ;;
    *) "up_$1" ;;
  esac
  await "$1" tftp_load "$1" --file tiny --timeout 0.2 --retries 0
}

# tftp_case SERVER CASE CLIENTS FILE WINDOW
tftp_case() {
  local server=$1 case=$2 clients=$3 file=$4 window=$5 before after result
  if [[ $server = limit ]]; then
    up limit "$limits" tftp --address "$server_address" --file "$work/files/$file" --window "$window"
    await limit tftp_load limit --file "$file" --window "$window" --timeout 0.2 --retries 0
  fi
  before=$(cpu_of "$server")
  result=$(tftp_load "$server" --clients "$clients" --file "$file" --window "$window" --verify "$work/files/$file" --limit 200) || true
  after=$(cpu_of "$server")
  record tftp "$case" "$server" "$result" \
    "$(jq -n --argjson before "$before" --argjson after "$after" --argjson result "$result" --argjson memory "$(memory_of "$server" VmRSS)" \
      '{ cpuPerGib: (if $result.octets > 0 then ($after - $before) * 1073741824 / $result.octets else null end), memory: $memory }')"
  if [[ $server = limit ]]; then down limit; fi
}

bench_tftp() {
  local server all big=64m small=100 many=500
  if [[ -n $quick ]]; then big=1m small=20 many=50; fi
  files
  all=$(among limit netbootd dnsmasq atftpd tftpd-hpa)
  for server in $all; do [[ $server = limit ]] || tftp_up "$server"; done
  for server in $all; do tftp_case "$server" one 1 "$big" 1; done
  for server in $(among limit netbootd atftpd); do tftp_case "$server" one-window16 1 "$big" 16; done
  for server in $all; do tftp_case "$server" 100 "$small" 1m 1; done
  for server in $all; do tftp_case "$server" 500 "$many" 1m 1; done
  for server in $(among limit netbootd atftpd); do tftp_case "$server" 500-window16 "$many" 1m 16; done
  for server in $all; do [[ $server = limit ]] || shape "$server"; done
  for server in $(among netbootd dnsmasq atftpd tftpd-hpa); do tftp_case "$server" shaped-100 "$small" 1m 1; done
  for server in $(among netbootd dnsmasq atftpd tftpd-hpa); do tftp_case "$server" shaped-250 $((small * 5 / 2)) 1m 1; done
  # Alone: none of the others brings 250 through.
  for server in $(among netbootd); do tftp_case "$server" shaped-1000 $((small * 10)) 1m 1; done
  stop_all
}
