# answer: by the loss of its shim
sleep 6
kill -9 $(docker inspect --format '{{.State.Pid}}' web)
