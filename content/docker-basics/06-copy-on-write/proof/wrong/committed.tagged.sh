# answer: builtFrom
docker tag nginx my-web:1
