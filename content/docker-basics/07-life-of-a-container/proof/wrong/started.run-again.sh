# answer: no docker run
docker run -d nginx
