# for ask-containerd
ctr -n moby task ls
# for ask-runc
runc --root /run/docker/runtime-runc/moby list
# for knows-image
# give knows-image: dockerd alone
