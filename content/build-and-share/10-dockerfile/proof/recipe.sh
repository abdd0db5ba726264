# for first-image
cd ~/site
cat > Dockerfile <<'END'
FROM busybox
COPY . /site
RUN sleep 3 && date > /built
EXPOSE 80
CMD ["httpd", "-f", "-v", "-h", "/site"]
END
docker build -t site:1 .
# for serves
docker run -d --name web -p 8080:80 site:1
