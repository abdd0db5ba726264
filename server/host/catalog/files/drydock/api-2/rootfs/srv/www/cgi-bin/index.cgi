#!/bin/sh
# What GET / answers; the time is that of the zone in TZ.
printf 'Content-Type: application/json\n\n'
printf '{"name":"drydock/api","version":"2.0","hostname":"%s","time":"%s"}\n' \
  "$(hostname)" "$(date '+%Y-%m-%dT%H:%M:%S%z')"
