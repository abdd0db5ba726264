# answer: capDrop
docker run --name powerless --cap-drop CHOWN busybox chown 1000 /etc/passwd
