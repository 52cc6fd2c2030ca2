# shellcheck shell=bash disable=SC2154,SC2054
# A network of its own for a head node and virtual machines, for scripts to source after common.sh:
#   namespace $lab_server: eth1, the head node's card, 10.77.0.1/16
#   namespace $lab_room:   br0, the switch; one tap per machine

lab_server=nbf$$-server
lab_room=nbf$$-room

lab_up() {
  ip netns add "$lab_server"
  ip netns add "$lab_room"
  ip -n "$lab_server" link set lo up
  ip -n "$lab_room" link add br0 type bridge forward_delay 0 mcast_snooping 0
  ip -n "$lab_room" link set br0 up
  ip -n "$lab_server" link add eth1 type veth peer name server netns "$lab_room"
  # Without a real card behind it nobody would fill in a checksum that was left to the hardware.
  ip netns exec "$lab_server" ethtool -K eth1 tx off >/dev/null
  ip -n "$lab_room" link set server master br0 up
  ip -n "$lab_server" address add 10.77.0.1/16 dev eth1
  ip -n "$lab_server" link set eth1 up
}

# lab_tap NAME
lab_tap() {
  ip -n "$lab_room" tuntap add "$1" mode tap
  ip -n "$lab_room" link set "$1" master br0 up
}

lab_down() {
  ip netns del "$lab_room" 2>/dev/null || true
  ip netns del "$lab_server" 2>/dev/null || true
}

# lab_machine FIRMWARE FOLDER MAC [TAP]: prints QEMU's arguments, one a line, for a machine on a tap, vm0 unless named.
# FOLDER takes its console (console.log) and its firmware variables. KVM is not used: it is not everywhere.
lab_machine() {
  local firmware=$1 folder=$2 mac=$3 tap=${4:-vm0} code=/usr/share/OVMF/OVMF_CODE_4M.fd vars=/usr/share/OVMF/OVMF_VARS_4M.fd
  local memory=256 machine=pc rom='' efi=()
  case $firmware in
    bios) ;;
    bios-plain) rom=$cache/payload/plain.rom ;;
    uefi | uefi-http | secureboot)
      memory=512 machine=q35 rom=none
      if [[ $firmware = secureboot ]]; then
        code=/usr/share/OVMF/OVMF_CODE_4M.secboot.fd vars=/usr/share/OVMF/OVMF_VARS_4M.ms.fd machine=q35,smm=on
        efi=(-global driver=cfi.pflash01,property=secure,value=on)
      fi
      cp "$vars" "$folder/vars.fd"
      efi+=(-drive "if=pflash,format=raw,unit=0,readonly=on,file=$code" -drive "if=pflash,format=raw,unit=1,file=$folder/vars.fd")
      if [[ $firmware = uefi-http ]]; then efi+=(-fw_cfg name=opt/org.tianocore/IPv4PXESupport,string=no -fw_cfg name=opt/org.tianocore/IPv6PXESupport,string=no); fi
      ;;
    *) fail "unknown firmware '$firmware': bios, bios-plain, uefi, uefi-http or secureboot" ;;
  esac
  case $rom in
    none) rom=,romfile= ;;
    ?*) rom=,romfile=$rom ;;
  esac
  printf '%s\n' -nodefaults -display none -no-reboot -accel tcg -machine "$machine" -m "$memory" "${efi[@]}" \
    -chardev "file,id=console,path=$folder/console.log" -serial chardev:console \
    -netdev tap,id=net,ifname=$tap,script=no,downscript=no,vnet_hdr=off \
    -device "virtio-net-pci,netdev=net,mac=$mac,bootindex=1$rom" -device virtio-rng-pci
}
