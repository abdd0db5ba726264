# answer: contains
docker rmi my-web:1
docker commit web2 my-web:1
docker run -d --name web3 my-web:1
