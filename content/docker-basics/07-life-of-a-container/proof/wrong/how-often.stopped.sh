# answer: too large
docker kill phoenix
# give how-often: 1
