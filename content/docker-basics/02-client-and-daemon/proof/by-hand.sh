# for asked
curl -s --unix-socket /var/run/docker.sock http://localhost/containers/json
# for made
curl -s --unix-socket /var/run/docker.sock -H 'Content-Type: application/json' -d '{"Image": "busybox", "Cmd": ["sleep", "1d"]}' 'http://localhost/containers/create?name=by-hand'
curl -s --unix-socket /var/run/docker.sock -X POST http://localhost/containers/by-hand/start
