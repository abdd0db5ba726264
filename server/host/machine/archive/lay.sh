#!/bin/sh
# Lays a package archive into a machine's root, so that its apt can install an engine although there is no internet: the
# engine of this release and the older one of the release before. mmdebstrap runs it as a hook, with the root and the
# addresses of the mirror that the older one comes from.
set -eu
root=$1 mirror=$2
archive=srv/debian

mkdir -p "$root/usr/local/lib/drydock"
# `--local --rename`: what lies there moves to where the packages of all versions put theirs from now on.
chroot "$root" dpkg-divert --quiet --local --rename --divert /usr/local/lib/drydock/docker-service.debian \
  --add /etc/init.d/docker

# Package names in directory RELEASE of the pool; the rest of the arguments tell apt where from.
download() {
  release=$1 names=$2
  shift 2
  mkdir -p "$root/$archive/pool/$release"
  # shellcheck disable=SC2016
  chroot "$root" sh -c 'cd "$1" && shift && exec apt-get --quiet=2 -o APT::Sandbox::User=root "$@"' \
    sh "/$archive/pool/$release" "$@" download $names
}

# An index as apt wants it: each package's own fields, and where its file is.
index() {
  directory=dists/$1/main/binary-$architecture
  mkdir -p "$directory"
  for file in "pool/$1"/*.deb; do
    dpkg-deb --field "$file"
    echo "Filename: $file"
    echo "Size: $(stat --format %s "$file")"
    echo "SHA256: $(sha256sum "$file" | cut --delimiter ' ' --fields 1)"
    echo
  done >"$directory/Packages"
  {
    echo 'Origin: Debian'
    echo "Suite: $1"
    echo "Codename: $1"
    echo "Date: $(LC_ALL=C date --utc '+%a, %d %b %Y %H:%M:%S UTC')"
    echo "Architectures: $architecture"
    echo 'Components: main'
    echo 'SHA256:'
    echo " $(sha256sum "$directory/Packages" | cut --delimiter ' ' --fields 1)" \
      "$(stat --format %s "$directory/Packages") main/binary-$architecture/Packages"
  } >"dists/$1/Release"
}

architecture=$(chroot "$root" dpkg --print-architecture)
download trixie 'docker.io docker-cli docker-buildx docker-compose containerd runc libdevmapper1.02.1 dmsetup'

# The older release has lists of its own, which go again.
place=$(mktemp --directory --tmpdir="$root/tmp")
mkdir -p "$place/lists/partial"
echo "deb $mirror bookworm main" >"$place/sources"
older="-o Dir::Etc::SourceList=${place#"$root"}/sources -o Dir::State::Lists=${place#"$root"}/lists"
# shellcheck disable=SC2086
chroot "$root" apt-get --quiet=2 -o APT::Sandbox::User=root $older update
# shellcheck disable=SC2086
download bookworm docker.io/bookworm $older
rm -r "$place"

cd "$root/$archive"
index trixie
index bookworm
