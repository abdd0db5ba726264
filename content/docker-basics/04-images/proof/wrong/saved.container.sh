# answer: name of the image
docker export -o /root/box.tar cache1
