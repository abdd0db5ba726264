# answer: by the loss of its shim
sleep 6
docker kill web
