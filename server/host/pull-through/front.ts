/**
 * What machines meet as their mirror when there is more than the catalog: the catalog first, then the registry that
 * fetches from upstream. Machines are hostile: only reading, only paths of the registry's API, all bounded.
 */
import {
  createServer,
  request,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { SetUpError } from '../errors.ts';

export type Address = { host: string; port: number };

export type FrontParts = {
  listen: Address;
  catalog: Address;
  hub: Address;
  /** Whether the hub is worth asking; tells soon. */
  isHubReady(): Promise<boolean>;
  isUpstreamReachable(): Promise<boolean>;
  hubLost(): void;
};

/** Reading as distribution's API (v2) has it. */
const NAME = '[a-z0-9]+(?:[._-]+[a-z0-9]+)*';
const PATH = new RegExp(
  `^/v2/(?:|${NAME}(?:/${NAME})*/(?:manifests/[\\w.:-]{1,256}|blobs/sha256:[0-9a-f]{64}|tags/list))$`,
);
const ASKED_WITH = ['accept', 'range', 'if-none-match'];
const ANSWERED_WITH = [
  'accept-ranges',
  'content-length',
  'content-range',
  'content-type',
  'docker-content-digest',
  'docker-distribution-api-version',
  'etag',
];
const CONNECTIONS_MAX = 2000;
/** A layer that stands still for so long does not come. */
const IDLE_MS = 60_000;
const ANSWER_MS = 30_000;
/** After so long without an answer it is time to see whether upstream is there at all. */
const DOUBT_MS = 600;

export async function openFront(parts: FrontParts): Promise<AsyncDisposable & { port: number }> {
  // What is no HTTP is answered by Node's own 400: BuildKit tries TLS first, and falls back only when told in HTTP.
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5000, maxHeaderSize: 16_384 });
  server.maxConnections = CONNECTIONS_MAX;
  server.on('request', (incoming, response) => {
    serve(parts, incoming, response).catch(() => {
      // The machine went away, or the layer broke off: in either case there is nobody to say more to.
      if (response.headersSent) response.destroy();
      else refuse(response, 502, 'UNAVAILABLE');
    });
  });
  await listen(server, parts.listen);
  return {
    port: (server.address() as { port: number }).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((settle) => server.close(settle));
    },
  };
}

async function serve(parts: FrontParts, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (incoming.url ?? '/').replace(/\?.*$/s, '');
  if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return refuse(response, 405, 'UNSUPPORTED');
  if (!PATH.test(path)) return refuse(response, 404, 'NAME_INVALID');
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const asked = {
    method: incoming.method,
    path,
    headers: pick(incoming.headers, ASKED_WITH),
    signal: gone.signal,
  };
  const held = await ask(parts.catalog, asked);
  if (held.statusCode !== 404) return hand(held, response);
  held.resume();
  const fetched = await askHub(parts, asked);
  if (fetched && fetched.statusCode! < 400) return hand(fetched, response);
  fetched?.resume();
  refuse(response, 404, 'MANIFEST_UNKNOWN');
}

type Asked = { method: string; path: string; headers: OutgoingHttpHeaders; signal: AbortSignal };

function ask(where: Address, asked: Asked): Promise<IncomingMessage> {
  return new Promise((settle, fail) => {
    const sent = request({ ...where, ...asked, timeout: IDLE_MS }, settle);
    sent.once('timeout', () => sent.destroy(new Error(`${asked.path} stands still`)));
    sent.once('error', fail).end();
  });
}

/** Null where it cannot be had now; that is known within 2 s, also when upstream vanishes meanwhile. */
async function askHub(parts: FrontParts, asked: Asked): Promise<IncomingMessage | null> {
  if (!(await parts.isHubReady())) return null;
  const given = new AbortController();
  const signal = AbortSignal.any([asked.signal, given.signal, AbortSignal.timeout(ANSWER_MS)]);
  const answer = ask(parts.hub, { ...asked, signal }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET') parts.hubLost();
    return null;
  });
  for (;;) {
    const come = await Promise.race([answer, pause(DOUBT_MS, 'nothing yet' as const)]);
    if (come !== 'nothing yet') return come;
    if (await parts.isUpstreamReachable()) continue;
    given.abort();
    return null;
  }
}

async function hand(from: IncomingMessage, to: ServerResponse): Promise<void> {
  to.writeHead(from.statusCode!, pick(from.headers, ANSWERED_WITH));
  await pipeline(from, to);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const body = JSON.stringify({ errors: [{ code, message: 'not in this house' }] });
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

function pick(headers: IncomingMessage['headers'], names: readonly string[]): OutgoingHttpHeaders {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}

function listen(server: Server, { host, port }: Address): Promise<void> {
  return new Promise((settle, fail) => {
    server.once('error', (cause) =>
      fail(
        new SetUpError('daemon_failed', {
          sentence: `The image mirror cannot listen on ${host}:${port}: ${cause.message}.`,
          wayOut: 'See who listens there (ss -ltnp), end it, then start again.',
          cause,
        }),
      ),
    );
    server.listen(port, host, settle);
  });
}
