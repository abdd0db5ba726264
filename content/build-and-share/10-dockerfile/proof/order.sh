# for reordered
cat > Dockerfile <<'END'
FROM busybox
RUN sleep 3 && date > /built
EXPOSE 80
CMD ["httpd", "-f", "-v", "-h", "/site"]
COPY . /site
END
docker build -t site:3 .
# for third-edition
echo '<p>Third edition</p>' >> index.html
docker build -t site:4 .
