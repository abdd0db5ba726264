# answer: present
docker commit web1 my-web
