# answer: the same image as site:1
docker build -t site:2 .
