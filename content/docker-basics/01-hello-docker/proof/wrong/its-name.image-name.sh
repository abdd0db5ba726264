# answer: answer
# give its-name: hello-world
