# answer: in the terminal of node2
docker run -d --name web -p 8080:80 busybox httpd -f
