# for hungry
docker run --name hungry --memory 64m busybox tail /dev/zero
# for who-ended
# give who-ended: The kernel
