# answer: exitCode
docker run --name three busybox sh -c 'exit 4'
