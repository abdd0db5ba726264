# answer: 130
# give which-signal: SIGINT, number 2, as of Ctrl-C
