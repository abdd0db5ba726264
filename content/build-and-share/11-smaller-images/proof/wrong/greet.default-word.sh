# answer: command
printf 'FROM busybox\nENTRYPOINT ["echo", "Hello,"]\nCMD ["world"]\n' | docker build -t greet -
docker run greet
