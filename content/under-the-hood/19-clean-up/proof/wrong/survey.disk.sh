# answer: Type docker system df
df -h
