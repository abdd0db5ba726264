# answer: without it
# give why: Redis must publish port 6379 first
