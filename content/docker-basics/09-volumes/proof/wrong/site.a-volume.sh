# answer: mounts
docker run -d --name pages -p 8080:80 -v site:/usr/share/nginx/html nginx
