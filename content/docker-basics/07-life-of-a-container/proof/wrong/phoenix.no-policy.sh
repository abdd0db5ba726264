# answer: restartPolicy
docker run -d --name phoenix nginx
