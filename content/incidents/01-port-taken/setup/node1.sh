set -e
docker run -d --name {{word}} -p 8080:80 httpd
