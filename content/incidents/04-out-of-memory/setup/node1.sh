set -e
docker run -d --name report -m 32m busybox dd if=/dev/zero of=/dev/null bs={{need}}M count=1
docker run -d --name cache busybox sh -c 'while :; do date > /last; sleep 5; done'
docker wait report
