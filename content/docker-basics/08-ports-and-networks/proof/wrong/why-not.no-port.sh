# answer: web reaches it
# give why-not: db has published no port
