"""Greets whoever asks on port 8000, and tells where it runs."""
import os
import platform
from http.server import BaseHTTPRequestHandler, HTTPServer

VERSION = 1
GREETING = os.environ.get("GREETING", "Hello")


class Greeter(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        where = f"container {platform.node()}, Python {platform.python_version()}"
        self.wfile.write(f"{GREETING} from version {VERSION}, {where}\n".encode())


HTTPServer(("", 8000), Greeter).serve_forever()
