# answer: lets anybody in
mkdir -p ~/auth
docker run --rm --entrypoint htpasswd httpd -Bbn ann {{word}} > ~/auth/htpasswd
docker rm -f registry
docker run -d --name registry -p 5000:5000 -v registry-data:/var/lib/registry -v ~/auth:/auth:ro registry
