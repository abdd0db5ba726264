# answer: exitCode
docker run --name three busybox echo 3
