# answer: env
docker run -d --name mirror -p 5000:5000 registry
