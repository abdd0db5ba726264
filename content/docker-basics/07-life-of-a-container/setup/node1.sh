# A container that has lived already, and has left nothing but what it said.
docker run --name diary --env WORD={{word}} busybox sh -c 'echo "It was a good day."; echo "My last word is $WORD."; exit 4' >/dev/null || true
