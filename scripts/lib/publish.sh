# shellcheck shell=bash disable=SC2154
# The programs, compiled ahead of time (ReadyToRun) so that they start at once and the first clients wait for no compiler; for scripts to source after common.sh.

# publish FOLDER ARGUMENT…: netbootd, pbm and netboot-storm into FOLDER, which is emptied; the arguments go to dotnet publish.
publish() {
  local folder=$1 program
  shift
  command -v dotnet >/dev/null || fail "the .NET SDK 10 is not here: https://dotnet.microsoft.com/download"
  rm -rf "$folder"
  for program in Node Pbm Storm; do
    say "building NetBootFabric.$program"
    dotnet publish "$repo/src/NetBootFabric.$program" -c Release -o "$folder" -p:PublishReadyToRun=true --nologo -v quiet --nodereuse:false "$@" ||
      fail "building NetBootFabric.$program"
  done
  [[ -x $folder/netbootd && -x $folder/pbm && -x $folder/netboot-storm ]] || fail "the build left no programs in $folder"
}
