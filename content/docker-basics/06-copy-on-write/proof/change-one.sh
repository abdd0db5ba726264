# for changed
docker exec web1 sh -c 'echo "<h1>Hello from web1</h1>" > /usr/share/nginx/html/index.html'
# for now-copies
# give now-copies: 2
