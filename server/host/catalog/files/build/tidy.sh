#!/bin/sh
# Removes from a layer's files what changes with each build and helps nobody in an image: logs, caches, backups.
set -eu
cd "$1"
rm -rf \
  etc/resolv.conf etc/hostname \
  etc/passwd- etc/group- etc/shadow- etc/gshadow- etc/subuid- etc/subgid- \
  var/log/apt/* var/log/dpkg.log var/log/alternatives.log var/log/bootstrap.log var/log/faillog var/log/lastlog \
  var/cache/debconf/* var/cache/ldconfig/aux-cache \
  var/lib/dpkg/status-old var/lib/dpkg/diversions-old var/lib/dpkg/statoverride-old var/lib/dpkg/available \
  var/lib/dpkg/lock var/lib/dpkg/lock-frontend var/lib/dpkg/triggers/Lock \
  var/lib/apt/daily_lock var/lib/apt/lists/* var/cache/apt/*
