# for web
docker run -d --name web nginx
# for hello
docker exec web sh -c 'echo hello > /hello.txt'
# for lowers
# give lowers: $(docker inspect --format '{{.GraphDriver.Data.LowerDir}}' web | grep -o '/diff' | wc -l)
