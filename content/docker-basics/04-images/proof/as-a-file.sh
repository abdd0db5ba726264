# for saved
docker save -o /root/box.tar busybox
# for lost
docker rmi busybox
# for loaded
docker load -i /root/box.tar
