# for as-whom
printf 'FROM blog:2\nUSER 1000:1000\n' > Dockerfile.safe
docker build -t blog:3 -f Dockerfile.safe .
docker run -d --name safe blog:3
