# answer: it still runs
# give too-much-cpu: It is killed, as with memory
