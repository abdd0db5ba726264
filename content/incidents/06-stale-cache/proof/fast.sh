# for order
cat > ~/shop/Dockerfile <<'END'
FROM busybox
COPY install.sh /shop/
RUN sh /shop/install.sh
COPY . /shop
ADD http://localhost:9000/prices.txt /shop/prices.txt
CMD ["httpd", "-f", "-h", "/shop"]
END
docker build -t shop:4 ~/shop
# for live
docker rm -f shop
docker run -d --name shop -p 8080:80 shop:4
