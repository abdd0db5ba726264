# for ten
time for i in $(seq 10); do docker run --rm busybox true; done
# for kernel
# give kernel: $(docker run --rm debian uname -r)
