#!/bin/sh
# invoke-rc.d(8) asks: packages may start and stop their services, as on any Debian. No init runs here, so it would not.
exit 0
