# for first
cd ~/blog
docker build -t blog:1 .
# for needed
# give needed: The finished pages, and some web server
