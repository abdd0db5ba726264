# answer: the price comes by RUN still
docker build -t shop:3 ~/shop
