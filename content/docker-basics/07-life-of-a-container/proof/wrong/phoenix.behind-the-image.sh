# answer: running
docker run -d --name phoenix nginx --restart unless-stopped
