# for built
cd ~/greeter
cat > Dockerfile <<'END'
FROM python
COPY app.py /
CMD ["python3", "-u", "/app.py"]
END
docker build -t greeter:1 .
# for runs-here
docker run -d --name greeter -p 8080:8000 greeter:1
curl --silent --retry 9 --retry-delay 1 --retry-all-errors localhost:8080
