/**
 * gRPC to BuildKit inside a machine's engine: dockerd hands a connection over to it where it is asked to by `POST /grpc`
 * (Engine API, "h2c"). All that comes back is a tenant's word: bounded in size and time here, parsed by the caller.
 */
import { request } from 'node:http';
import { connect, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { OWN_HEADERS } from '#server/world/exchange.ts';

const DEADLINE_MS = 10_000;
/** Before each message: a byte that says whether it is compressed, and its length. */
const PREFIX_BYTES = 5;

export class GrpcError extends Error {
  /** `lost`: no answer, or none to its end. `refused`: it said no. `broken`: not what was to come, or more than it may. */
  readonly code: 'lost' | 'refused' | 'broken';
  constructor(code: GrpcError['code'], what: string, options?: ErrorOptions) {
    super(`BuildKit: ${what}`, options);
    this.name = 'GrpcError';
    this.code = code;
  }
}

export class Grpc implements Disposable {
  readonly #session: ClientHttp2Session;
  readonly #stream: Duplex;
  readonly #signal: AbortSignal;

  private constructor(stream: Duplex, signal: AbortSignal) {
    this.#stream = stream;
    this.#signal = signal;
    this.#session = connect('http://buildkit', { createConnection: () => stream });
    // What a call was told is thrown there; nobody else asks.
    this.#session.on('error', () => stream.destroy());
  }

  /** One deadline for all that is asked over it. Rejects with GrpcError; takes the stream in any case. */
  static async over(stream: Duplex): Promise<Grpc> {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    try {
      const grpc = new Grpc(await upgrade(stream, signal), signal);
      // Node hands a session what its stream had read before in the next tick, whether it is still there or not.
      await new Promise<void>((resolve) => process.nextTick(resolve));
      return grpc;
    } catch (error) {
      stream.destroy();
      throw error instanceof GrpcError ? error : new GrpcError('lost', 'no connection', { cause: error });
    }
  }

  /** The messages that answer one. Ends with the answer; throws GrpcError where it is not a good one, or over `maxBytes`. */
  async *call(path: string, message: Uint8Array, maxBytes: number): AsyncGenerator<Buffer> {
    const stream = this.#session.request(
      {
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
        ...OWN_HEADERS,
      },
      { signal: this.#signal },
    );
    try {
      const status = statusOf(stream);
      stream.end(framed(message));
      yield* messagesOf(stream, maxBytes);
      const said = await status;
      if (said !== '0')
        throw new GrpcError(
          said === null ? 'lost' : 'refused',
          `${path} ended with status ${said ?? 'unknown'}`,
        );
    } catch (error) {
      throw error instanceof GrpcError
        ? error
        : new GrpcError('lost', `${path} got no answer`, { cause: error });
    } finally {
      stream.destroy();
    }
  }

  [Symbol.dispose](): void {
    this.#session.destroy();
    this.#stream.destroy();
  }
}

function upgrade(stream: Duplex, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const sent = request({
      method: 'POST',
      path: '/grpc',
      headers: { host: 'docker', connection: 'Upgrade', upgrade: 'h2c', ...OWN_HEADERS },
      createConnection: () => stream,
      signal,
    });
    sent.on('upgrade', (_reply, upgraded: Duplex, head: Buffer) => {
      if (head.length > 0) upgraded.unshift(head);
      resolve(upgraded);
    });
    sent.on('response', (reply) => {
      reply.destroy();
      reject(new GrpcError('refused', `the engine answered ${reply.statusCode} to POST /grpc`));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** gRPC's own status, which stands behind the answer, or in its head where there is none; null where none came. */
function statusOf(stream: ClientHttp2Stream): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const take = (headers: Record<string, unknown>) => {
    const status = headers['grpc-status'];
    if (typeof status === 'string') resolve(status.slice(0, 8));
  };
  stream.on('response', take);
  stream.on('trailers', take);
  stream.on('close', () => resolve(null));
  return promise;
}

async function* messagesOf(stream: ClientHttp2Stream, maxBytes: number): AsyncGenerator<Buffer> {
  let left = maxBytes;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    left -= chunk.length;
    if (left < 0) throw new GrpcError('broken', `an answer of over ${maxBytes} bytes`);
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= PREFIX_BYTES) {
      const end = PREFIX_BYTES + rest.readUInt32BE(1);
      // We said that we read no compression.
      if (rest[0] !== 0 || end > maxBytes) throw new GrpcError('broken', 'not a message');
      if (rest.length < end) break;
      yield rest.subarray(PREFIX_BYTES, end);
      rest = rest.subarray(end);
    }
  }
}

function framed(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}
