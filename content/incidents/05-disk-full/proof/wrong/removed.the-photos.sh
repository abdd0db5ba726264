# answer: present
docker exec photos sh -c 'rm -f /data/*.raw'
