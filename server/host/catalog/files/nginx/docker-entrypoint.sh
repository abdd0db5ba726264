#!/bin/sh
# Runs the scripts in /docker-entrypoint.d when nginx is about to start, then becomes the command it was given.
set -eu

say() {
  [ -n "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "docker-entrypoint.sh: $*"
}

case ${1:-} in
nginx | nginx-debug)
  for script in /docker-entrypoint.d/*; do
    case $script in
    *.envsh)
      # Sourced, so that what it exports reaches nginx.
      [ ! -x "$script" ] || { say "reading $script" && . "$script"; }
      ;;
    *.sh)
      [ ! -x "$script" ] || { say "running $script" && "$script"; }
      ;;
    esac
  done
  say 'ready, starting nginx'
  ;;
esac

exec "$@"
