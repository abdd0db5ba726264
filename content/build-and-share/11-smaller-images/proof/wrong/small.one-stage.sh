# answer: size
docker build -t blog:2 .
