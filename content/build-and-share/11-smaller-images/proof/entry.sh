# for greet
printf 'FROM busybox\nENTRYPOINT ["echo", "Hello,"]\nCMD ["world"]\n' | docker build -t greet -
docker run greet Docker
# for which-one
# give which-one: It sleeps for 5 seconds
