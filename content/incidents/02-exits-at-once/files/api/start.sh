#!/bin/sh
echo "api 1.0 starts"
if [ "$API_TOKEN" != "{{word}}" ]; then
  echo "fatal: the variable API_TOKEN is not set to the token of this shop" >&2
  exit {{code}}
fi
echo "api listens on port 80"
exec httpd -f -h /www
