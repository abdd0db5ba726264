# answer: wedding.raw is lost too
docker exec photos sh -c 'rm -f /data/*'
