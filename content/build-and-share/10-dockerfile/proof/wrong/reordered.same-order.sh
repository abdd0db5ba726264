# answer: COPY does not come after RUN
docker build -t site:3 .
