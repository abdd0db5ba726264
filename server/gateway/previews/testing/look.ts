/** A browser that looks at a program in a machine: a gateway, a sandbox that is up, and a program on loopback. */
import { once } from 'node:events';
import {
  type ClientRequest,
  type IncomingMessage,
  createServer,
  request,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { FakeSandbox } from '../../testing/fake-rooms.ts';
import { openTestServer, PREVIEW_HOST, type TestServer } from '../../testing/test-server.ts';
import { Addresses } from '../address.ts';
import type { PreviewsOptions } from '../previews.ts';

export const SANDBOX = 'aaaaaaa2';

export type Seen = {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  answer: IncomingMessage;
};

export class Look implements AsyncDisposable {
  readonly server: TestServer;
  readonly sandbox: FakeSandbox;
  readonly program: Server;
  readonly addresses: Addresses;
  readonly port: number;

  private constructor(server: TestServer, program: Server, previewHost: string | null) {
    this.server = server;
    this.program = program;
    this.port = (program.address() as AddressInfo).port;
    this.addresses = new Addresses({ secret: 'p'.repeat(64), previewHost, origins: server.parts.origins });
    this.sandbox = new FakeSandbox(SANDBOX, 'user', null);
    this.sandbox.machines.set('node1', { sandbox: SANDBOX, machine: 'node1' });
    server.sandboxes.made.set(SANDBOX, this.sandbox);
  }

  static async at(
    answer: RequestListener,
    options: Partial<PreviewsOptions> & { origins?: string[] } = {},
  ): Promise<Look> {
    const program = createServer(answer);
    program.listen(0, '127.0.0.1');
    await once(program, 'listening');
    const { origins, ...rest } = options;
    const server = await openTestServer(origins ? { origins } : {}, rest);
    return new Look(server, program, options.previewHost === undefined ? PREVIEW_HOST : options.previewHost);
  }

  /** What a Host header says for this port of node1, or of whatever is given. */
  host(change: { sandbox?: string; machine?: string; port?: number } = {}): string {
    const asked = { sandbox: SANDBOX, machine: 'node1', port: this.port, ...change };
    return new URL(this.addresses.addressOf(asked)).host;
  }

  /** The path below which this port lies, where previews share the app's origin. */
  get base(): string {
    return this.addresses.addressOf({ sandbox: SANDBOX, machine: 'node1', port: this.port });
  }

  /** The answer as its head came; the body is the caller's. */
  async open(
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<IncomingMessage> {
    const [host, port] = this.server.base.split(':');
    const { method = 'GET', body } = options;
    const own = this.addresses.isolated ? { host: this.host() } : {};
    const sent = request({ host, port, method, path, headers: { ...own, ...options.headers }, agent: false });
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    // A program may answer before it has read all.
    sent.on('error', () => sent.destroy());
    sent.end(body);
    return (await answered)[0];
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Seen> {
    return this.send('GET', path, { headers });
  }

  async send(
    method: string,
    path: string,
    options: { headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<Seen> {
    const answer = await this.open(path, { method, ...options });
    const chunks: Buffer[] = [];
    for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      text: Buffer.concat(chunks).toString('utf8'),
      answer,
    };
  }

  /** A question whose answer nobody reads; destroying it is a browser that leaves. */
  ask(path: string, host: string): ClientRequest {
    const [name, port] = this.server.base.split(':');
    const sent = request({ host: name, port, path, headers: { host }, agent: false });
    sent.on('error', () => {});
    sent.end();
    return sent;
  }

  socket(path: string, headers: Record<string, string> = {}, protocols: string[] = []): WebSocket {
    const own = this.addresses.isolated ? { host: this.host() } : {};
    const socket = new WebSocket(`ws://${this.server.base}${path}`, protocols, {
      headers: { ...own, ...headers },
      perMessageDeflate: false,
    });
    // Its end is what tests look at.
    socket.on('error', () => {});
    return socket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]();
    this.program.closeAllConnections();
    this.program.close();
  }
}

/** A browser that opens a page. */
export const READS = { accept: 'text/html,*/*;q=0.8' };
