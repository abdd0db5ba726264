# answer: has no USER
docker tag blog:2 blog:3
docker run -d --name safe blog:3
