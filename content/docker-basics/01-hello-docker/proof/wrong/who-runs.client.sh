# answer: answer
# give who-runs: The client, the command docker
