# for site
docker run -d --name pages -p 8080:80 -v ~/site:/usr/share/nginx/html:ro nginx
# for edited
echo '<p>Today: {{fruit}}</p>' >> ~/site/index.html
