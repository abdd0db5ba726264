# answer: the client ended long ago
# give where-runs: On node1, where the client ran
