# answer: only stands still
docker start web
