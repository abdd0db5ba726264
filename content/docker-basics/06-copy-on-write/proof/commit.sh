# for committed
docker commit web1 my-web:1
# for what-is-new
# give what-is-new: What web1 has changed
# for web3
docker run -d --name web3 my-web:1
