/**
 * The door for traces (OTLP over HTTP). Who sends is told by the source address alone. A learner is root in the machine
 * and may post anything, so each request is refused as early as can be: before its body is read, where its head shows.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import { TraceError, type Span } from './contract.ts';
import { decodeSpans, type Decoded } from './otlp.ts';
import { Senders, type Place } from './senders.ts';

export type ReceiverOptions = {
  /** Port 0: any that is free. */
  listen: { host: string; port: number };
  machineAt(address: string): Place | null;
  /** @param dropped spans that came with these and were too many or no spans. */
  take(place: Place, spans: Span[], dropped: number): void;
  refused(): void;
  clock: Clock;
};

export const BODY_MAX_BYTES = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 10_000;
/** Longer than Go's clients keep an idle connection (90 s): they never find theirs shut. */
const KEEP_ALIVE_MS = 95_000;

export async function openReceiver(options: ReceiverOptions): Promise<AsyncDisposable & { port: number }> {
  const senders = new Senders(options);
  const server = createServer({
    maxHeaderSize: 8192,
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: REQUEST_TIMEOUT_MS / 2,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  server.on('connection', (socket) => {
    if (senders.admit(socket)) return;
    options.refused();
    socket.destroy();
  });
  // Bad HTTP gets no answer: it is not from an exporter.
  server.on('clientError', (_error, socket) => {
    options.refused();
    socket.destroy();
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const status = await receive(request);
    if (status !== 200) options.refused();
    // What is left of a refused body is not waited for: the connection ends with the answer.
    if (status !== 200) response.setHeader('connection', 'close');
    // An empty message of success is an empty body.
    response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end();
  };

  const receive = async (request: IncomingMessage): Promise<number> => {
    const sender = senders.of(request.socket);
    if (!sender) return 403;
    const refusal = refusalOf(request);
    if (refusal !== null) return refusal;
    if (!sender.affords(Number(request.headers['content-length']))) return 429;
    const decoded = await readSpans(request);
    if (!decoded) return 400;
    options.take(sender.place, decoded.spans, decoded.dropped);
    return 200;
  };

  server.on('request', (request, response) => void answer(request, response));
  await listen(server, options.listen);
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server, { host, port }: ReceiverOptions['listen']): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new TraceError(
          'cannot_listen',
          `Traces of machines cannot be received on ${host}:${port}: ${cause.message}. See who listens there: ss -ltnp`,
          { cause },
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
}

/** What the head alone shows. */
function refusalOf({ method, url, headers }: IncomingMessage): number | null {
  if (url !== '/v1/traces') return 404;
  if (method !== 'POST') return 405;
  if (headers['content-type'] !== 'application/x-protobuf' || headers['content-encoding']) return 415;
  const length = headers['content-length'];
  if (length === undefined || !/^\d{1,9}$/.test(length)) return 411;
  return Number(length) > BODY_MAX_BYTES ? 413 : null;
}

/** Null where it was cut short, or is no such message: what a hostile sender wrote is worth no line in the log. */
async function readSpans(request: IncomingMessage): Promise<Decoded | null> {
  try {
    const chunks: Buffer[] = [];
    // Node reads no more than the length that was announced, and fails where less comes.
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    return decodeSpans(Buffer.concat(chunks));
  } catch {
    return null;
  }
}
