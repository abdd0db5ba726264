# answer: no limit of 128 MiB
docker rm report
docker run --name report busybox dd if=/dev/zero of=/dev/null bs=60M count=1
