# answer: diff
docker exec web2 rm /usr/share/nginx/html/50x.html
