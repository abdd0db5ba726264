# for second
docker pull httpd
# for in-common
# give in-common: 1
