# for locked
mkdir -p ~/auth
docker run --rm --entrypoint htpasswd httpd -Bbn ann {{word}} > ~/auth/htpasswd
docker rm -f registry
docker run -d --name registry -p 5000:5000 -v registry-data:/var/lib/registry -v ~/auth:/auth:ro -e REGISTRY_AUTH=htpasswd -e REGISTRY_AUTH_HTPASSWD_REALM=team -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd registry
# for logged-in
echo {{word}} | docker login -u ann --password-stdin localhost:5000
docker push localhost:5000/team/web:2
