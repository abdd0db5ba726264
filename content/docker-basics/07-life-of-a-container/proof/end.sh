# for stopped
docker stop web
# for stubborn
docker run -d --name stubborn busybox sleep 1d
time docker stop stubborn
# for killed
docker start stubborn
docker kill stubborn
