/**
 * HTTP/1.1 to the engine inside a machine, over a dialled stream. All that comes back is a tenant's word: bounded in
 * size and time here, parsed by the caller.
 */
import { Agent, request, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Allowance } from './allowance.ts';
import { OWN_HEADERS } from './exchange.ts';

export type Dial = () => Promise<Duplex>;

const DEADLINE_MS = 10_000;
const MAX_REPLY_BYTES = 1024 * 1024;
/** What asking costs us, however short the reply, in bytes of the allowance. */
const REQUEST_COST = 2048;

export class InnerApiError extends Error {
  readonly code: 'unreachable' | 'refused' | 'too_large';
  constructor(code: InnerApiError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InnerApiError';
    this.code = code;
  }
}

/** Node's own types say that a stream comes with every error. */
type Connected = (error: Error | null, stream: Duplex) => void;

/** What the agent asks of a TCP socket while it is idle; a dialled stream has none of it and needs none. */
const NOT_TCP = { timeout: 0, setKeepAlive() {}, setTimeout() {}, setNoDelay() {}, ref() {}, unref() {} };

/** Keeps one dialled stream for all requests: each dial is a process in the machine. */
class DialAgent extends Agent {
  readonly #dial: Dial;

  constructor(dial: Dial) {
    super({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
    this.#dial = dial;
  }

  override createConnection(_options: object, done: Connected): undefined {
    void connect(this.#dial, done);
  }
}

export class InnerApi implements Disposable {
  readonly #agent: DialAgent;
  readonly #dial: Dial;
  readonly #allowance: Allowance;
  readonly #ended = new AbortController();

  /** @param allowance in bytes; what streams is counted by who reads it. */
  constructor(dial: Dial, allowance: Allowance) {
    this.#dial = dial;
    this.#agent = new DialAgent(dial);
    this.#allowance = allowance;
  }

  /** The reply's JSON; null for 404. Rejects with InnerApiError. */
  async get(path: string): Promise<unknown> {
    const signal = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(DEADLINE_MS)]);
    try {
      const reply = await this.#send(path, this.#agent, signal);
      const text = await readBounded(reply);
      await this.#allowance.take(REQUEST_COST + text.length);
      if (reply.statusCode === 404) return null;
      if (reply.statusCode !== 200)
        throw new InnerApiError('refused', `${path} answered ${reply.statusCode}`);
      return JSON.parse(text);
    } catch (error) {
      throw asInnerApiError(path, error);
    }
  }

  /** The endless reply of `/events`, on a stream of its own. */
  async stream(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    const starting = AbortSignal.timeout(DEADLINE_MS);
    try {
      const dialled = await this.#dial();
      const agent = new DialAgent(async () => dialled);
      const drop = () => dialled.destroy();
      starting.addEventListener('abort', drop, { once: true });
      const reply = await this.#send(path, agent, AbortSignal.any([this.#ended.signal, signal]));
      starting.removeEventListener('abort', drop);
      if (reply.statusCode === 200) return reply;
      dialled.destroy();
      throw new InnerApiError('refused', `${path} answered ${reply.statusCode}`);
    } catch (error) {
      throw asInnerApiError(path, error);
    }
  }

  [Symbol.dispose](): void {
    this.#ended.abort();
    this.#agent.destroy();
  }

  #send(path: string, agent: Agent, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = { host: 'docker', ...OWN_HEADERS };
      const sent = request({ path, agent, headers, signal }, resolve);
      sent.on('error', reject);
      sent.end();
    });
  }
}

async function connect(dial: Dial, done: Connected): Promise<void> {
  let stream: Duplex;
  try {
    stream = await dial();
  } catch (error) {
    done(error as Error, undefined as never);
    return;
  }
  done(null, Object.assign(stream, NOT_TCP));
}

async function readBounded(reply: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REPLY_BYTES)
      throw new InnerApiError('too_large', `a reply of over ${MAX_REPLY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function asInnerApiError(path: string, error: unknown): InnerApiError {
  if (error instanceof InnerApiError) return error;
  return new InnerApiError('unreachable', `${path} got no answer`, { cause: error });
}
