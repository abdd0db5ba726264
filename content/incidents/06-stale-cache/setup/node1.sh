set -e
cd /root
docker run -d --name prices -p 9000:80 -v /root/prices:/prices busybox httpd -f -h /prices
until curl -sf localhost:9000/prices.txt >/dev/null; do sleep 0.1; done
docker build -q -t shop:1 shop
docker run -d --name shop -p 8080:80 shop:1
echo 'apples {{new}}' > prices/prices.txt
