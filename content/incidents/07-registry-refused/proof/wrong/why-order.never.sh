# answer: it just did
# give why-order: Docker never sends a password over plain HTTP
