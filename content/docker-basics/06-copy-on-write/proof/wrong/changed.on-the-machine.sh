# answer: diff
docker exec web1 echo hello > /root/index.html
