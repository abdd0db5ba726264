/** A browser as the gateway sees one: keeps cookies, sends its page's origin, opens sockets, holds answers to the wire. */
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { once } from 'node:events';
import { vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Me, meSchema } from '#server/protocol/account.ts';
import { errorBodySchema } from '#server/protocol/errors.ts';
import { feedMessageSchema, type FeedMessage } from '#server/protocol/feed.ts';
import { matchPath } from '../path.ts';
import { ROUTES } from '../routes.ts';

export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json: unknown;
  /** Bytes of the body as they came, compressed or not. */
  size: number;
};
export const PASSWORD = 'correct horse';

export class Browser {
  readonly #base: string;
  readonly #cookies = new Map<string, string>();
  /** Null: a program that sends none. */
  origin: string | null;

  constructor(base: string, origin: string | null) {
    this.#base = base;
    this.origin = origin;
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, { headers });
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    return this.send('POST', path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  }

  delete(path: string): Promise<Answer> {
    return this.send('DELETE', path);
  }

  async signUp(name: string): Promise<Me> {
    const body = { name, email: `${name}@example.org`, password: PASSWORD };
    return meSchema.parse((await this.post('/api/auth/sign-up/email', body)).json);
  }

  /** Every answer of the API is held to its schema. */
  async send(
    method: string,
    path: string,
    options: { body?: string | Buffer; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const [host, port] = this.#base.split(':');
    const sent = request({ host, port, method, path, headers: { ...this.#headers(), ...options.headers } });
    // A server that refuses before it has read all cuts the rest off; its answer counts.
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    sent.on('error', () => sent.destroy());
    sent.end(options.body);
    const [response] = await answered;
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const text = body.toString('utf8');
    this.#keep(response.headers['set-cookie'] ?? []);
    const json: unknown = /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(text) : null;
    const answer = {
      status: response.statusCode ?? 0,
      headers: response.headers,
      text,
      json,
      size: body.length,
    };
    if (path.startsWith('/api/')) holdToTheWire(method, path, answer);
    return answer;
  }

  socket(path: string): ClientSocket {
    const socket = new WebSocket(`ws://${this.#base}${path}`, {
      headers: this.#headers(),
      perMessageDeflate: false,
    });
    return new ClientSocket(socket);
  }

  #headers(): Record<string, string> {
    return {
      ...(this.origin === null ? {} : { origin: this.origin }),
      ...(this.#cookies.size === 0 ? {} : { cookie: this.cookie }),
    };
  }

  #keep(lines: string[]): void {
    for (const line of lines) {
      const [, name, value, rest] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
      if (!name || value === undefined) throw new Error(`not a cookie: ${line}`);
      if (/max-age=0(;|$)/i.test(rest ?? '') || value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

export class ClientSocket {
  readonly socket: WebSocket;
  readonly texts: string[] = [];
  output = '';
  closed: { code: number; reason: string } | null = null;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.output += data.toString();
      else this.texts.push(data.toString());
    });
    socket.on('close', (code, reason) => (this.closed ??= { code, reason: reason.toString() }));
    socket.on('error', (error) => (this.closed ??= { code: 0, reason: error.message }));
  }

  get feed(): FeedMessage[] {
    return this.texts.map((text) => feedMessageSchema.parse(JSON.parse(text)));
  }

  async hears(count: number): Promise<FeedMessage[]> {
    await vi.waitFor(() => {
      if (this.texts.length < count) throw new Error(`heard ${this.texts.length} of ${count} messages`);
    });
    return this.feed;
  }

  /** As bytes of a terminal or as a text. */
  async isSeeing(text: string): Promise<void> {
    await vi.waitFor(() => {
      if (![this.output, ...this.texts].some((one) => one.includes(text)))
        throw new Error(`saw only ${JSON.stringify(this.output)}`);
    });
  }

  async isClosed(): Promise<{ code: number; reason: string }> {
    return vi.waitFor(() => {
      if (!this.closed) throw new Error('the socket is open');
      return this.closed;
    });
  }

  async isOpen(): Promise<this> {
    if (this.socket.readyState !== WebSocket.OPEN) await once(this.socket, 'open');
    return this;
  }
}

function holdToTheWire(method: string, path: string, { status, json, headers }: Answer): void {
  // A file as it is.
  if (headers['content-type'] === 'application/octet-stream') return;
  if (status >= 400 && status !== 503) return void errorBodySchema.parse(json);
  const route = ROUTES.find((one) => one.method === method && matchPath(one.path, path.split('?')[0]!));
  route?.answer?.parse(json);
}
