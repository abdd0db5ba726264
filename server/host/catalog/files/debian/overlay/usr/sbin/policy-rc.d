#!/bin/sh
# Packages must not start their daemons while an image is built: a container starts its own program. 101: forbidden.
exit 101
