# answer: also start it
docker run -d --name web nginx
