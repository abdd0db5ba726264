# answer: wedding.raw is lost too
docker restart -t 0 photos
