# answer: sharesLayersWith
docker tag busybox my-redis:tested
