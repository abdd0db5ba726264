# for sleeper
docker run -d --name sleeper busybox sleep 1d
ps -ef
# for host-pid
# give host-pid: $(pgrep -f '^sleep 1d')
# for killed
kill -9 $(docker inspect --format '{{.State.Pid}}' sleeper)
