# for touched
docker exec web2 touch /usr/bin/perl
# for deleted
docker exec web1 rm /usr/share/nginx/html/50x.html
