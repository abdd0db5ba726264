# answer: ports
# on node2
docker run -d --name web -p 80:80 busybox httpd -f
