/** A terminal by the whole way that a page uses: a WebSocket on loopback to the terminal room's relay, and a client that draws at once. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { always, serveTerminal } from '#server/gateway/terminal-socket.ts';
import { silentLog } from '#server/lib/log.ts';
import { ACK_EVERY_BYTES, FRAME_BYTES } from '#server/protocol/numbers.ts';
import type { TerminalKey, Terminals } from '#server/terminal/contract.ts';
import { Tap } from './tap.ts';

export class WireServer implements AsyncDisposable {
  readonly #http = createServer();
  readonly #sockets = new WebSocketServer({
    server: this.#http,
    perMessageDeflate: false,
    maxPayload: FRAME_BYTES,
  });

  static async open(terminals: Terminals, key: (name: string) => TerminalKey): Promise<WireServer> {
    const server = new WireServer();
    server.#sockets.on('connection', (socket, request) =>
      serveTerminal(socket, {
        terminals,
        key: key((request.url ?? '/').slice(1)),
        typing: always(true),
        log: silentLog,
      }),
    );
    server.#http.listen(0, '127.0.0.1');
    await once(server.#http, 'listening');
    return server;
  }

  async connect(name: string): Promise<WireTerminal> {
    const { port } = this.#http.address() as AddressInfo;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/${name}`, { perMessageDeflate: false });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'hello', cols: 80, rows: 24 }));
    return new WireTerminal(socket);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    this.#http.close();
    await once(this.#http, 'close');
  }
}

export class WireTerminal {
  readonly #socket: WebSocket;
  #undrawn = 0;
  readonly #tap = new Tap();

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) return;
      this.#undrawn += data.length;
      if (this.#undrawn >= ACK_EVERY_BYTES) {
        socket.send(JSON.stringify({ type: 'ack', bytes: this.#undrawn }));
        this.#undrawn = 0;
      }
      this.#tap.feed(data);
    });
  }

  type(text: string): void {
    this.#socket.send(Buffer.from(text));
  }

  onBytes(listener: (bytes: Buffer) => void): void {
    this.#tap.onBytes(listener);
  }

  close(): void {
    this.#socket.close();
  }
}
