#!/bin/sh
# What GET / answers.
printf 'Content-Type: application/json\n\n'
printf '{"name":"drydock/api","version":"1.0","hostname":"%s"}\n' "$(hostname)"
