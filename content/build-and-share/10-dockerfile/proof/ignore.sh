# for clean
cat > .dockerignore <<'END'
notes.txt
Dockerfile*
.dockerignore
END
docker build -t site:5 .
docker run -d --name clean site:5
