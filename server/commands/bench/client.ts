/** A browser without a screen: a guest with a cookie who opens sandboxes and sockets of a running product. */
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { feedMessageSchema, type FeedMessage } from '#server/protocol/feed.ts';
import { sandboxViewSchema, type OpenSandbox, type SandboxView } from '#server/protocol/sandbox.ts';

export class Guest {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  /** @param url origin of the product, `http://localhost:3000` */
  static signIn(url: string): Promise<Guest> {
    return Guest.#enter(url, 'sign-in/anonymous', {});
  }

  /** An account; the first of an instance may do everything. */
  static signUp(url: string, name: string): Promise<Guest> {
    const email = `${name.toLowerCase()}@example.org`;
    return Guest.#enter(url, 'sign-up/email', { name, email, password: randomUUID() });
  }

  get cookies(): { name: string; value: string }[] {
    return this.#cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1) };
    });
  }

  static async #enter(url: string, way: string, body: unknown): Promise<Guest> {
    const response = await fetch(`${url}/api/auth/${way}`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    return new Guest(url, cookie);
  }

  async request(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return this.#send(method, path, headers, body === undefined ? undefined : JSON.stringify(body));
  }

  /** Sends a file as it is. */
  async put(path: string, body: Buffer<ArrayBuffer>, headers: Record<string, string>): Promise<Response> {
    return this.#send('PUT', path, { ...headers, 'content-type': 'application/octet-stream' }, body);
  }

  async #send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Buffer<ArrayBuffer>,
  ): Promise<Response> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { origin: this.#url, cookie: this.#cookie, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response;
  }

  async openSandbox(request: OpenSandbox): Promise<SandboxView> {
    return sandboxViewSchema.parse(await (await this.request('POST', '/api/sandboxes', request)).json());
  }

  async closeSandbox(id: string): Promise<void> {
    await this.request('DELETE', `/api/sandboxes/${id}`);
  }

  socket(path: string): WebSocket {
    return new WebSocket(`${this.#url.replace(/^http/, 'ws')}${path}`, {
      perMessageDeflate: false,
      headers: { origin: this.#url, cookie: this.#cookie },
    });
  }

  /** Opens the sandbox's feed; resolves with the first message that fits. */
  feed(sandbox: string): Feed {
    return new Feed(this.socket(`/api/sandboxes/${sandbox}/feed`));
  }

  /** A terminal that has said hello; `output` is called with every chunk. */
  terminal(sandbox: string, name: string, output: (chunk: Buffer) => void): WebSocket {
    const socket = this.socket(`/api/sandboxes/${sandbox}/machines/node1/terminals/${name}`);
    socket.once('open', () => socket.send(JSON.stringify({ type: 'hello', cols: 80, rows: 24 })));
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) return;
      socket.send(JSON.stringify({ type: 'ack', bytes: data.length }));
      output(data);
    });
    return socket;
  }
}

export class Feed implements Disposable {
  readonly #socket: WebSocket;
  readonly #seen: FeedMessage[] = [];
  #wake: () => void = () => {};

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.#seen.push(feedMessageSchema.parse(JSON.parse(data.toString())));
      this.#wake();
    });
    socket.on('close', () => this.#wake());
  }

  /** The next message that fits; messages before it are consumed. */
  async next(fits: (message: FeedMessage) => boolean): Promise<FeedMessage> {
    for (;;) {
      const message = this.#seen.shift();
      if (message && fits(message)) return message;
      if (message) continue;
      if (this.#socket.readyState === WebSocket.CLOSED) throw new Error('the feed was closed');
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}

/** Resolves when the sandbox is ready for its learner. */
export async function whenReady(guest: Guest, sandbox: SandboxView): Promise<void> {
  using feed = guest.feed(sandbox.id);
  await feed.next(
    (message) => (message.type === 'all' || message.type === 'sandbox') && message.sandbox.state === 'ready',
  );
}
