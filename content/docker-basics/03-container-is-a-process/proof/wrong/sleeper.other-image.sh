# answer: image
docker run -d --name sleeper debian sleep 1d
