set -e
mkdir -p /srv/auth
docker run --rm --entrypoint htpasswd httpd -Bbn team {{word}}-{{port}} >/srv/auth/htpasswd
docker run -d --name registry --restart unless-stopped -p 5000:5000 -v /srv/auth:/auth \
  -e REGISTRY_AUTH=htpasswd -e REGISTRY_AUTH_HTPASSWD_REALM=team -e REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd registry
docker tag busybox tool:1
