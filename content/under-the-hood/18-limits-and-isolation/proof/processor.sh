# for busy
docker run -d --name busy --cpus 0.25 busybox sh -c 'while :; do :; done'
# for too-much-cpu
# give too-much-cpu: It has to wait
