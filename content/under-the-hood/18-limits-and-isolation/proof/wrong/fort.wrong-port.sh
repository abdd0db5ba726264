# answer: port
docker run -d --name fort --memory 32m --cpus 0.5 --pids-limit 20 --cap-drop ALL --read-only --user 1000 -p {{port}}:80 -v "$PWD/site:/www:ro" busybox httpd -f -p 8080 -h /www
