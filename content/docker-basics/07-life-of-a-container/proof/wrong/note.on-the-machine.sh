# answer: beside the loop
touch /tmp/note
