# answer: label
docker build -t site:debug .
