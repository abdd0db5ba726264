# answer: web has not run for longer
docker start web
