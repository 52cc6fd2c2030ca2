# shellcheck shell=bash disable=SC2034
# Shared by the scripts: where things are, how they speak, how they fail.

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${NETBOOT_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/netboot-fabric}

say() { printf '== %s\n' "$*"; }
fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# Prints the comment block at the top of the calling script: that is its help.
usage() { sed -n '2,/^$/{s/^# \{0,1\}//p}' "$0"; }

need_root() { [[ $EUID -eq 0 ]] || fail "$(basename "$0") makes network namespaces and installs packages: run it as root"; }
