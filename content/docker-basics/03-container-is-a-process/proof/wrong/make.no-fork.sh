# answer: line
unshare --pid --mount-proc sh -c 'ps -ef'
