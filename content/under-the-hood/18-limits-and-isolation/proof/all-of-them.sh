# for fort
docker run -d --name fort --memory 32m --cpus 0.5 --pids-limit 20 --cap-drop ALL --read-only --user 1000 -p {{port}}:8080 -v "$PWD/site:/www:ro" busybox httpd -f -p 8080 -h /www
# for why-8080
# give why-8080: Ports below 1024 were traditionally root's, and 8080 needs no right at all
