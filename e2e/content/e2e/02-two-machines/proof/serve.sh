# on node2
# for web-there
docker run -d --name web -p 8080:80 -v /root/site:/site:ro busybox httpd -f -h /site
# on node1
# for seen-here
curl node2:8080
# on node2
# for how-many
# give how-many: $(docker ps -aq | wc -l)
