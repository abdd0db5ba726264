# A page with a chat that says everything back, over a WebSocket, and tries what a page of a stranger would try.
import base64, hashlib, http.server

PAGE = b"""<!doctype html><title>chat</title><ul></ul><script>
const app = `http://localhost:${location.port}`;
const tell = (text) => document.querySelector('ul').append(Object.assign(document.createElement('li'), {textContent: text}));
const socket = new WebSocket(`ws://${location.host}/talk`);
socket.onopen = () => socket.send('hello');
socket.onmessage = ({data}) => tell(`echo: ${data}`);
document.cookie = 'mine=1';
document.cookie = 'drydock.session_token=evil; domain=localhost; path=/';
const change = {method: 'POST', credentials: 'include', headers: {'content-type': 'application/json'}, body: '{"playground":true}'};
fetch(app + '/api/sandboxes', change).then(() => tell('api: open'), () => tell('api: refused'));
fetch(app + '/api/me', {credentials: 'include'}).then(() => tell('me: read'), () => tell('me: refused'));
const feed = new WebSocket(`ws://localhost:${location.port}/api/sandboxes/aaaaaaaa/feed`);
feed.onclose = ({code}) => tell(`feed: ${code}`);
if (self !== top) try { top.location = '/elsewhere'; tell('top: moved'); } catch { tell('top: refused'); }
try { tell(`parent: ${parent.document.title}`); } catch { tell('parent: refused'); }
document.body.append(Object.assign(document.createElement('iframe'), {src: app + '/en', id: 'app'}));
tell('all tried');
</script>"""


class Chat(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        if self.path == '/talk':
            return self.talk()
        if self.path == '/away':
            self.send_response(302)
            self.send_header('Location', 'http://localhost:8081/came')
            self.send_header('Content-Length', '0')
            return self.end_headers()
        self.send_response(200)
        self.send_header('Content-Type', 'text/html')
        self.send_header('Set-Cookie', 'theirs=1; Domain=localhost')
        self.send_header('Content-Length', str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def talk(self):
        key = self.headers['Sec-WebSocket-Key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
        self.send_response(101)
        self.send_header('Upgrade', 'websocket')
        self.send_header('Connection', 'Upgrade')
        self.send_header('Sec-WebSocket-Accept', base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
        self.end_headers()
        while len(head := self.rfile.read(2)) == 2 and head[0] & 15 == 1:
            mask, text = self.rfile.read(4), self.rfile.read(head[1] & 127)
            said = bytes(byte ^ mask[at % 4] for at, byte in enumerate(text))
            self.wfile.write(bytes([129, len(said)]) + said)


http.server.ThreadingHTTPServer(('', 8081), Chat).serve_forever()
