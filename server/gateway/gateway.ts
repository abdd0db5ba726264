/** The one port: API, WebSockets and pages behind one door. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerApi } from './api.ts';
import { createPageProxy } from './page-proxy.ts';
import type { GatewayParts } from './parts.ts';
import { secure } from './security-headers.ts';
import { createSockets } from './sockets.ts';

/** Sockets get this long to say goodbye when the server stops. */
const GOODBYE_MS = 500;
/** How long a request may take to come in; of a file, 50 MiB over a slow line. */
const REQUEST_MS = 30_000;
const UPLOAD_MS = 10 * 60_000;

export interface Gateway extends AsyncDisposable {
  readonly port: number;
  readonly sockets: number;
}

export class GatewayError extends Error {
  readonly code = 'cannot_listen';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GatewayError';
  }
}

/** Listens. @throws GatewayError when the address cannot be had. */
export async function openGateway(
  parts: GatewayParts,
  address: { host: string; port: number },
): Promise<Gateway> {
  const pages = createPageProxy(parts);
  const sockets = createSockets(parts);
  const tls = parts.origins.some((origin) => origin.startsWith('https:'));

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    // First of all, and without a header of ours: what a learner's program serves is no page of this server.
    if (parts.previews.serve(request, response)) return;
    cutOffWhenSlow(parts, request);
    secure(response, { tls });
    const path = request.url ?? '/';
    const isApi = path.startsWith('/api/') || /^\/metrics(\?|$)/.test(path);
    const served = isApi ? answerApi(parts, request, response) : pages.serve(request, response);
    served.catch((error: unknown) => {
      parts.log.error('an answer failed', { error });
      response.destroy();
    });
  };
  // Node would hold uploads to learners' programs to the same time: what is ours is cut off in `cutOffWhenSlow`.
  const server = createServer({ requestTimeout: 0, headersTimeout: 10_000, maxHeaderSize: 16_384 }, answer);
  server.on('upgrade', (request, socket, head) => {
    // From here on nobody else watches this socket: no time-out of HTTP holds for it.
    socket.on('error', (error) => parts.log.debug('an upgrade failed', { error }));
    if (!URL.canParse(request.url ?? '/', 'http://gateway')) return void socket.destroy();
    if (parts.previews.upgrade(request, socket, head)) return;
    if (sockets.upgrade(request, socket, head)) return;
    pages.upgrade(request, socket, head).catch((error: unknown) => {
      parts.log.error('an upgrade failed', { error });
      socket.destroy();
    });
  });
  await listen(server, address);
  return {
    port: (server.address() as AddressInfo).port,
    get sockets() {
      return sockets.open;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      parts.feeds.announceRestart();
      sockets[Symbol.dispose]();
      parts.previews[Symbol.dispose]();
      pages[Symbol.dispose]();
      server.closeIdleConnections();
      const late = parts.clock.after(GOODBYE_MS, () => server.closeAllConnections());
      await closed;
      late.cancel();
    },
  };
}

/** Slow senders are cut off: who asks us for something has half a minute for the whole request; a file takes longer. */
function cutOffWhenSlow({ clock }: GatewayParts, request: IncomingMessage): void {
  const isFile = request.method === 'PUT' && request.url?.startsWith('/api/sandboxes/');
  const limitMs = isFile ? UPLOAD_MS : REQUEST_MS;
  const late = clock.after(limitMs, () => request.complete || request.destroy());
  request.once('end', () => late.cancel()).once('close', () => late.cancel());
}

function listen(server: ReturnType<typeof createServer>, { host, port }: { host: string; port: number }) {
  return new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'something else listens there' : cause.message;
      const way = 'Stop that program, or set PORT or HOST to another address.';
      reject(new GatewayError(`Cannot listen on ${host}:${port}: ${why}. ${way}`, { cause }));
    });
    server.listen(port, host, resolve);
  });
}
