# answer: still the old one
docker version
