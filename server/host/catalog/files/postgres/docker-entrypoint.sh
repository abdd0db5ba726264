#!/bin/bash
# Makes a database cluster in PGDATA when there is none, then becomes postgres; any other command runs as it is.
set -euo pipefail

# The value of NAME, or what stands in the file that NAME_FILE names: passwords may come as a secret that is mounted.
setting() {
  local name=$1 default=${2:-} file=$1_FILE
  if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then
    echo "Set $name or $file, not both." >&2
    exit 1
  fi
  if [ -n "${!file:-}" ]; then cat "${!file}"; else printf '%s' "${!name:-$default}"; fi
}

require_password() {
  [ -z "$password" ] && [ "$method" != trust ] || return 0
  cat >&2 <<'END'
Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the superuser.
       For example: docker run -e POSTGRES_PASSWORD=secret postgres

       POSTGRES_HOST_AUTH_METHOD=trust lets everybody in without a password.
END
  exit 1
}

make_cluster() {
  # The last one unquoted, as it may be several arguments.
  initdb --username="$user" ${password:+--pwfile=/dev/fd/9} ${POSTGRES_INITDB_ARGS:-} 9<<<"$password"
  printf '\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"
}

# Only by its socket, so that nobody comes in before the scripts are through.
start_for_scripts() {
  pg_ctl --pgdata="$PGDATA" --options="-c listen_addresses=''" --wait --silent start
}

run_sql() {
  psql --variable=ON_ERROR_STOP=1 --no-password --no-psqlrc --username="$user" --dbname="$database" "$@"
}

run_scripts() {
  local script
  for script in /docker-entrypoint-initdb.d/*; do
    case $script in
    *.sh)
      echo "docker-entrypoint.sh: running $script"
      # One that cannot be executed is sourced, as its namesake does.
      if [ -x "$script" ]; then "$script"; else . "$script"; fi
      ;;
    *.sql) echo "docker-entrypoint.sh: running $script" && run_sql --file="$script" ;;
    *.sql.gz) echo "docker-entrypoint.sh: running $script" && gunzip --stdout "$script" | run_sql ;;
    */\*) ;;
    *) echo "docker-entrypoint.sh: ignoring $script" ;;
    esac
  done
}

initialise() {
  local password user database method
  password=$(setting POSTGRES_PASSWORD)
  user=$(setting POSTGRES_USER postgres)
  database=$(setting POSTGRES_DB "$user")
  method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
  require_password
  make_cluster
  start_for_scripts
  export PGPASSWORD=$password POSTGRES_PASSWORD=$password POSTGRES_USER=$user POSTGRES_DB=$database
  if [ "$database" != postgres ]; then createdb --username="$user" --maintenance-db=postgres -- "$database"; fi
  run_scripts
  unset PGPASSWORD
  pg_ctl --pgdata="$PGDATA" --mode=fast --wait --silent stop
  printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

# `docker run postgres -c shared_buffers=64MB` means the server.
case ${1:-} in
-*) set -- postgres "$@" ;;
esac

# Who only asks for help or the version needs no cluster.
only_asks() {
  local word
  for word in "$@"; do
    case $word in --help | --version | --describe-config | -V | -\?) return 0 ;; esac
  done
  return 1
}

if [ "${1:-}" = postgres ] && ! only_asks "$@"; then
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA"
    find "$PGDATA" ! -user postgres -exec chown postgres:postgres {} +
    exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$0" "$@"
  fi
  chmod 700 "$PGDATA"
  [ -s "$PGDATA/PG_VERSION" ] || initialise
fi

exec "$@"
