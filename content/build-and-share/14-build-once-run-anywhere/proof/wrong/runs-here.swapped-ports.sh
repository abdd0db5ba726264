# answer: ports
docker run -d --name greeter -p 8000:8080 greeter:1
