# answer: present
curl -i -X DELETE localhost:5000/v2/team/web/manifests/2
