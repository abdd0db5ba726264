# for debug
cat > Dockerfile.debug <<'END'
FROM site:5
LABEL purpose=debug
CMD ["httpd", "-f", "-vv", "-h", "/site"]
END
docker build -f Dockerfile.debug -t site:debug .
