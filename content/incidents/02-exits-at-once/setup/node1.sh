set -e
cd /root
docker build -q -t api:1 api
docker build -q -t worker:1 worker
docker run -d --name api -p 8080:80 api:1
docker run -d --name worker worker:1
