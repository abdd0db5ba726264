# answer: ends as soon as the process has started
# give which-to-watch: runc, in the background
