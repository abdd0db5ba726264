/** A terminal server on loopback and the browser's end of its socket, for tests that read like a story. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { silentLog } from '../../lib/log.ts';
import {
  FRAME_BYTES,
  terminalServerMessageSchema,
  type TerminalClientMessage,
  type TerminalServerMessage,
} from '../../protocol/terminal.ts';
import { FakeMachine, KEY } from '../../terminal/testing/fake-machine.ts';
import { always, serveTerminal, type TerminalSocketContext } from '../terminal-socket.ts';

export class TestServer implements AsyncDisposable {
  readonly machine: FakeMachine;
  readonly #http = createServer();
  readonly #sockets: WebSocketServer;
  readonly #terminals: ReturnType<FakeMachine['openTerminals']>;

  private constructor(options: Partial<TerminalSocketContext>, machine: FakeMachine) {
    this.machine = machine;
    this.#terminals = machine.openTerminals();
    this.#sockets = new WebSocketServer({
      server: this.#http,
      perMessageDeflate: false,
      maxPayload: FRAME_BYTES,
    });
    const context = {
      terminals: this.#terminals,
      key: KEY,
      typing: always(true),
      log: silentLog,
      ...options,
    };
    this.#sockets.on('connection', (socket, request) =>
      serveTerminal(socket, request.url === '/read-only' ? { ...context, typing: always(false) } : context),
    );
  }

  static async open(
    options: Partial<TerminalSocketContext> = {},
    machine = new FakeMachine(),
  ): Promise<TestServer> {
    const server = new TestServer(options, machine);
    server.#http.listen(0, '127.0.0.1');
    await once(server.#http, 'listening');
    return server;
  }

  get url(): string {
    const address = this.#http.address() as AddressInfo | null;
    return `ws://127.0.0.1:${address?.port ?? 1}/`;
  }

  /** Sockets that are open on the server's side. */
  get sockets(): number {
    return this.#sockets.clients.size;
  }

  async connect(path = '/'): Promise<ClientSocket> {
    const socket = new WebSocket(new URL(path, this.url), { perMessageDeflate: false });
    const client = new ClientSocket(socket);
    await once(socket, 'open');
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#terminals[Symbol.asyncDispose]();
    for (const client of this.#sockets.clients) client.terminate();
    this.#sockets.close();
    this.#http.close();
    await once(this.#http, 'close');
  }
}

export class ClientSocket {
  readonly socket: WebSocket;
  readonly messages: TerminalServerMessage[] = [];
  text = '';
  bytes = 0;
  /** Close code, once closed. */
  closed: number | null = null;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary)
        return void this.messages.push(terminalServerMessageSchema.parse(JSON.parse(data.toString())));
      this.text += data.toString();
      this.bytes += data.length;
    });
    socket.on('close', (code) => (this.closed = code));
  }

  say(message: TerminalClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  hello(offset?: number): void {
    this.say({ type: 'hello', cols: 80, rows: 24, ...(offset === undefined ? {} : { offset }) });
  }

  type(text: string): void {
    this.socket.send(Buffer.from(text));
  }

  async sees(text: string): Promise<void> {
    await vi.waitFor(() => {
      if (!this.text.includes(text))
        throw new Error(`The terminal shows ${JSON.stringify(this.text.slice(-200))}`);
    });
  }

  async hears<Type extends TerminalServerMessage['type']>(
    type: Type,
  ): Promise<Extract<TerminalServerMessage, { type: Type }>> {
    return vi.waitFor(() => {
      const found = this.messages.find((message) => message.type === type);
      if (!found) throw new Error(`Heard only ${JSON.stringify(this.messages)}`);
      return found as Extract<TerminalServerMessage, { type: Type }>;
    });
  }

  async isClosedWith(code: number): Promise<void> {
    await vi.waitFor(() => {
      if (this.closed !== code) throw new Error(`The socket closed with ${this.closed}`);
    });
  }
}
