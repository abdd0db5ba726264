#!/bin/sh
# Starts redis-server as the user redis with its data in /data; any other command runs as it is.
set -eu

# `docker run redis --appendonly yes` and `docker run redis /my/redis.conf` mean the server.
case ${1:-} in
-* | *.conf) set -- redis-server "$@" ;;
esac

# True where the caller decides about protected mode: by an option, or in the configuration file.
decides_protection() {
  case " $* " in *' --protected-mode '*) return 0 ;; esac
  case ${2:-} in
  '' | -*) return 1 ;;
  *) grep -q '^[[:space:]]*protected-mode[[:space:]]' "$2" 2>/dev/null ;;
  esac
}

if [ "${1:-}" = redis-server ]; then
  if [ "$(id -u)" = 0 ]; then
    find /data ! -user redis -exec chown redis:redis {} +
    exec setpriv --reuid=redis --regid=redis --clear-groups -- "$0" "$@"
  fi
  # Redis would refuse every other container otherwise. Only ports that you publish can be reached from outside.
  decides_protection "$@" || set -- "$@" --protected-mode no
fi

exec "$@"
