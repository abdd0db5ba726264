# for built-again
docker build -t shop:2 ~/shop
# for why-old
# give why-old: The line with wget has not changed, so its old result was taken
