# answer: readOnlyRoot
docker run -d --name fort --memory 32m --cpus 0.5 --pids-limit 20 --cap-drop ALL --user 1000 -p {{port}}:8080 -v "$PWD/site:/www:ro" busybox httpd -f -p 8080 -h /www
