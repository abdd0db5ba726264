# answer: when nothing had changed
# give ran-again: RUN is never cached
