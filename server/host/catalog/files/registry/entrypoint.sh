#!/bin/sh
# A configuration file means "serve it"; the registry's own verbs may be given without its name.
set -eu

case ${1:-} in
*.yml | *.yaml) set -- registry serve "$@" ;;
serve | garbage-collect | help | -*) set -- registry "$@" ;;
esac

exec "$@"
