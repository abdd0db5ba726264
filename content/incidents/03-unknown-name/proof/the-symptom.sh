# for read-logs
docker logs --tail 5 web
# for is-it-alive
# give is-it-alive: Yes, it answers when asked inside its own container
