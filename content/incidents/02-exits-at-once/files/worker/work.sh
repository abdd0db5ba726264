#!/bin/sh
# work.sh [--foreground]: looks for orders every five seconds.
work() {
  while :; do
    echo "$(date +%T) no orders"
    sleep 5
  done
}
if [ "$1" = --foreground ]; then work; fi
work >/var/log/worker.log &
echo "the worker works in the background"
