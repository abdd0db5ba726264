# answer: diff
docker exec web2 touch /root/perl
