# answer: web2
docker exec web2 sh -c 'echo hello > /usr/share/nginx/html/index.html'
docker exec web1 sh -c 'echo hello > /usr/share/nginx/html/index.html'
