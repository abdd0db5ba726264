# for small
cat > Dockerfile <<'END'
FROM python AS build
WORKDIR /src
COPY . .
RUN python3 render.py /site

FROM busybox
COPY --from=build /site /site
CMD ["httpd", "-f", "-h", "/site"]
END
docker build -t blog:2 .
# for serves
docker run -d --name blog -p 8080:80 blog:2
