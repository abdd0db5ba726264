# answer: docker ps lists it
# give is-it-alive: No, it does not run
