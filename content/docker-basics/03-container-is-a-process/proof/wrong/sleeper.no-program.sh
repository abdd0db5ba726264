# answer: command
docker run -d --name sleeper busybox
