# answer: inside the container
docker exec web echo hello > /hello.txt
