# A terminal of the page gives its login shell a nonce; other shells stay plain.
if [ -n "${BASH_VERSION:-}" ] && [ -n "${DRYDOCK_NONCE:-}" ]; then
  . /usr/local/lib/drydock/marks.bash
fi
