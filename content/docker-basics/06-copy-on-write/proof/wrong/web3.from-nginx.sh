# answer: image
docker run -d --name web3 nginx
