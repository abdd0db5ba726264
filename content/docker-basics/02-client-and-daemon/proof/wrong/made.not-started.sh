# answer: running
curl -s --unix-socket /var/run/docker.sock -H 'Content-Type: application/json' -d '{"Image": "busybox", "Cmd": ["sleep", "1d"]}' 'http://localhost/containers/create?name=by-hand'
