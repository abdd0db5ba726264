# answer: first part of an image
docker tag tool:1 localhost:5000/team/tool:1
