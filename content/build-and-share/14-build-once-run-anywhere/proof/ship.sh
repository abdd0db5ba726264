# for pushed
docker run -d --name registry -p 5000:5000 --restart unless-stopped registry
docker tag greeter:1 localhost:5000/team/greeter:1
docker push localhost:5000/team/greeter:1
# for what-travelled
# give what-travelled: All layers: Debian’s files, Python, app.py
