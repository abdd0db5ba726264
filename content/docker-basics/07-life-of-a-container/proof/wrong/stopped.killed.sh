# answer: exitCode
docker kill web
