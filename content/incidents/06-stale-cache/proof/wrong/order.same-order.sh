# answer: does not come after the installation
docker build -t shop:4 ~/shop
