# answer: without a capital letter
docker run Hello-World
