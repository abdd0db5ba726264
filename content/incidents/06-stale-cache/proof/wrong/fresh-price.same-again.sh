# answer: looks whether the price has changed
docker build -t shop:3 ~/shop
