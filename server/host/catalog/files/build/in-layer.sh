#!/bin/sh
# Makes one layer: mounts an overlay over the layers below, changes it, and leaves the difference in ID/upper.
# Runs in a mount and process namespace of its own, so that nothing stays mounted or running, however it ends.
#   in-layer.sh TREES ID LOWERS run APT COMMAND NAME=VALUE...
#   in-layer.sh TREES ID LOWERS copy SOURCE_ROOT SOURCE_LOWERS SOURCE DESTINATION   (one of the SOURCE_… is empty)
set -eu
umask 022
here=$(dirname "$(readlink -f "$0")")
trees=$1 id=$2 lowers=$3 verb=$4
shift 4

# Relative names keep the option string short and safe from colons and commas in the data directory's name.
cd "$trees"
mkdir -p "$id/upper" "$id/work" "$id/merged"
# Without redirects and metacopy a renamed directory is a plain copy, which is what a layer archive can say.
# volatile: a build that a power cut interrupts is thrown away, so nothing needs to reach the disk at once.
mount -t overlay overlay "$id/merged" \
  -o "lowerdir=$lowers,upperdir=$id/upper,workdir=$id/work,redirect_dir=off,metacopy=off,index=off,volatile"

run() {
  apt=$1 command=$2
  shift 2
  root=$id/merged
  mount -t proc proc "$root/proc"
  mount -t tmpfs -o mode=755 tmpfs "$root/dev"
  for device in null zero full random urandom tty; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
  done
  mkdir "$root/dev/shm" "$root/dev/pts"
  mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts"
  ln -s pts/ptmx "$root/dev/ptmx"
  ln -s /proc/self/fd "$root/dev/fd"
  mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
  # Package lists and sources are lent, so that no layer holds them and no step downloads them again.
  cp -r --preserve=timestamps "$apt/cache" "$id/cache"
  mount --bind "$apt/lists" "$root/var/lib/apt/lists"
  mount --bind "$apt/sources" "$root/etc/apt/sources.list.d"
  mount --bind "$id/cache" "$root/var/cache/apt"
  cat /etc/resolv.conf >"$root/etc/resolv.conf"
  chroot "$root" /usr/bin/env -i "$@" APT_CONFIG=/var/cache/apt/build.conf /bin/sh -c "$command"
}

copy() {
  from=$1 source_lowers=$2 source=$3 destination=$4
  if [ -n "$source_lowers" ]; then
    from=$id/source
    mkdir "$from"
    mount -t overlay overlay "$from" -o "ro,lowerdir=$source_lowers"
  fi
  target=$id/merged$destination
  case $destination in */) mkdir -p "$target" ;; *) mkdir -p "$(dirname "$target")" ;; esac
  if [ -d "$from/$source" ]; then cp -a "$from/$source/." "$target"; else cp -a "$from/$source" "$target"; fi
}

"$verb" "$@"
umount -R "$id/merged"
"$here/tidy.sh" "$id/upper"

# Archives are made from the difference alone, so a directory that hides its namesake below would come out wrong.
# overlayfs marks every new directory as opaque, so only those that exist below are looked at.
exists_below() {
  IFS=:
  for lower in $lowers; do [ ! -d "$lower/$1" ] || return 0; done
  return 1
}
if find "$id/upper" -mindepth 1 -type d -printf '%P\n' |
  while read -r path; do exists_below "$path" && printf '%s\n' "$path"; done |
  tar --create --directory "$id/upper" --no-recursion --files-from=- --xattrs --xattrs-include='trusted.overlay.opaque' |
  grep --quiet --text 'overlay\.opaque=y'; then
  echo 'this step removed a directory of the layers below and made it anew; change what is in it instead' >&2
  exit 1
fi
