"""Counts its visitors in a redis named by STORE, and says which container answered."""

import http.server
import os
import signal
import socket
import sys

STORE = os.environ.get("STORE", "store")


def redis(*words):
    parts = [b"$%d\r\n%s\r\n" % (len(word), word) for word in words]
    with socket.create_connection((STORE, 6379), 2) as connection:
        connection.sendall(b"*%d\r\n" % len(words) + b"".join(parts))
        return connection.recv(100).decode().strip().lstrip(":")


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        visit = redis(b"INCR", b"visits")
        body = f"visit {visit}, answered by {socket.gethostname()}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("the counter listens on port 80", flush=True)
http.server.ThreadingHTTPServer(("", 80), Page).serve_forever()
