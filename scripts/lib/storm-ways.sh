# shellcheck shell=bash disable=SC2154,SC2034
# The ways of booting that the storm lab knows, and the files that are booted, for scripts to source after common.sh.

all_ways='pxelinux lpxelinux undionly undionly-one undionly-os ipxe-rom ipxe-rom-wait grub snponly uki ipxe-efi'
kernel_octets=393216 # 384 KiB
initrd_octets=655360 # 640 KiB

loaders=(
  /usr/lib/PXELINUX/pxelinux.0 /usr/lib/PXELINUX/lpxelinux.0 /usr/lib/syslinux/modules/bios/ldlinux.c32
  /usr/lib/ipxe/undionly.kpxe /usr/lib/ipxe/snponly.efi /usr/lib/ipxe/ipxe.efi
  /usr/lib/shim/shimx64.efi.signed /usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed
)

# The firmware that netboot-storm plays.
way_kind() {
  case $1 in
    pxelinux | lpxelinux) echo pxelinux-tftp ;;
    undionly | undionly-one | undionly-os) echo ipxe-chain ;;
    ipxe-rom | ipxe-rom-wait) echo ipxe-http ;;
    grub | snponly) echo uefi-pxe ;;
    uki | ipxe-efi) echo uefi-http ;;
    *) return 1 ;;
  esac
}

# netbootd gives every client the shortcuts of options 175.81 and 175.176; these have to do without.
way_options() {
  case $1 in
    undionly | undionly-os | ipxe-rom-wait) echo --without-shortcuts ;;
  esac
}

# What the DHCP answer to the firmware names.
way_boot_file() {
  case $1 in
    pxelinux) echo pxelinux.0 ;;
    lpxelinux) echo lpxelinux.0 ;;
    undionly*) echo undionly.kpxe ;;
    ipxe-rom*) echo "$script_url" ;;
    grub) echo shimx64.efi.signed ;;
    snponly) echo snponly.efi ;;
    uki) echo http://10.77.0.1/uki.efi ;;
    ipxe-efi) echo http://10.77.0.1/ipxe.efi ;;
  esac
}

# Octets that one client loads, without headers.
way_octets() {
  local system=$((kernel_octets + initrd_octets))
  case $1 in
    pxelinux) echo $((system + 42430 + 119524)) ;;
    lpxelinux) echo $((system + 75072 + 119524)) ;;
    undionly*) echo $((system + 74213)) ;;
    ipxe-rom*) echo $system ;;
    grub) echo $((system + 1048504 + 3843520)) ;;
    snponly) echo $((system + 173792)) ;;
    uki) echo $((system + 70000)) ;;
    ipxe-efi) echo $((system + 850528)) ;;
  esac
}

script_url=http://10.77.0.1/boot.ipxe

# The files that all servers have: loaders as Debian ships them, a kernel and an initrd of random octets, and for the servers that make none of their own a script or configuration for each loader.
make_files() {
  local file
  files=$work/files
  mkdir -p "$files/pxelinux.cfg" "$files/grub/x86_64-efi"
  for file in "${loaders[@]}"; do cp -L "$file" "$files/"; done
  cp "$files/grubnetx64.efi.signed" "$files/grubx64.efi"
  # netbootd puts only what UEFI can start into a unified kernel image: the head of a program, then anything.
  { head -c 4096 /usr/lib/systemd/boot/efi/linuxx64.efi.stub && openssl_random $((kernel_octets - 4096)); } >"$files/vmlinuz"
  openssl_random "$initrd_octets" >"$files/initrd.img"
  printf 'DEFAULT linux\nLABEL linux\n  KERNEL vmlinuz\n  APPEND initrd=initrd.img quiet\n  IPAPPEND 3\n' >"$files/pxelinux.cfg/default"
  # shellcheck disable=SC2016 # GRUB and iPXE know these names
  printf 'linux /vmlinuz quiet ip=$net_default_ip:::255.255.0.0::eth0:off\ninitrd /initrd.img\nboot\n' >"$files/grub/grub.cfg"
  # shellcheck disable=SC2016
  script 'ip=${ip}::${gateway}:${netmask}::eth0:off' >"$files/boot.ipxe"
  script 'ip=dhcp' >"$files/boot-os.ipxe"
  make_image
  # What clients compare with: not the scripts and configurations, which netbootd makes for each client.
  cp -al "$files" "$work/verify"
  rm -rf "$work"/verify/{pxelinux.cfg,grub,boot.ipxe,boot-os.ipxe}
  chmod -R a+rX "$work"
}

# The same octets in each run.
openssl_random() { head -c "$1" /dev/zero | openssl enc -aes-128-ctr -K 00 -iv 00 2>/dev/null; }

script() { printf '#!ipxe\nkernel http://10.77.0.1/vmlinuz quiet %s\ninitrd http://10.77.0.1/initrd.img\nboot\n' "$1"; }

# A unified kernel image, one for all: systemd's stub and the sections that it knows.
make_image() {
  printf 'quiet ip=10.77.1.1:::255.255.0.0::eth0:off' >"$work/cmdline"
  objcopy --add-section .osrel=/etc/os-release --change-section-vma .osrel=0x20000 \
    --add-section .cmdline="$work/cmdline" --change-section-vma .cmdline=0x30000 \
    --add-section .linux="$files/vmlinuz" --change-section-vma .linux=0x2000000 \
    --add-section .initrd="$files/initrd.img" --change-section-vma .initrd=0x4000000 \
    /usr/lib/systemd/boot/efi/linuxx64.efi.stub "$files/uki.efi"
}
