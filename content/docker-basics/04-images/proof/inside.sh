docker inspect --format '{{json .Config}}' redis | jq .
# give version: $(docker run --rm redis printenv REDIS_VERSION)
