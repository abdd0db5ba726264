#!/bin/sh
# The page: who made it, when, and what the server named in API says, for example API=http://api.
if [ -z "${API:-}" ]; then
  says='No API is set.'
else
  says=$(wget -q -T 3 -O - "$API" 2>&1 | head -c 2000 | sed 's/&/\&amp;/g; s/</\&lt;/g') || true
fi

cat <<END
Content-Type: text/html; charset=utf-8

<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>drydock/web 2.0</title>
    <style>
      :root { color-scheme: light dark; }
      body { max-width: 34rem; margin: 4rem auto; padding: 0 1rem; font: 1.0625rem/1.65 system-ui, sans-serif; }
      pre { padding: 0.75rem 1rem; border-left: 4px solid #0b676a; white-space: pre-wrap; }
    </style>
  </head>
  <body>
    <h1>drydock/web 2.0</h1>
    <p>Made by the container $(hostname) at $(date '+%H:%M:%S %Z').</p>
    <pre>$says</pre>
  </body>
</html>
END
