# answer: docker run hello-world
docker run helloworld
