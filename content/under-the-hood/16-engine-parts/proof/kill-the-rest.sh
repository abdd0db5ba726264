# for no-containerd
kill -9 $(pgrep -x containerd)
until ctr -n moby task ls; do sleep 0.2; done
# for no-shim
sleep 5
until timeout 10 docker run --rm busybox true; do sleep 1; done
kill -9 $(ps -o ppid= -p $(docker inspect --format '{{.State.Pid}}' web))
# for which-to-watch
# give which-to-watch: Its shim, and the kernel
