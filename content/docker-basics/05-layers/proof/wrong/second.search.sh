# answer: docker pull
docker search httpd
