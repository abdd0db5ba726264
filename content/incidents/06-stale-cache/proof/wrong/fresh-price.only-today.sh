# answer: tomorrow it is old again
docker build --no-cache -t shop:3 ~/shop
