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
    secure(response, { tls });
    const path = request.url ?? '/';
    const isApi = path.startsWith('/api/') || /^\/metrics(\?|$)/.test(path);
    const served = isApi ? answerApi(parts, request, response) : pages.serve(request, response);
    served.catch((error: unknown) => {
      parts.log.error('an answer failed', { error });
      response.destroy();
    });
  };
  // Slow senders are cut off: a whole request within half a minute, its headers within ten seconds.
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 },
    answer,
  );
  server.on('upgrade', (request, socket, head) => {
    // From here on nobody else watches this socket: no time-out of HTTP holds for it.
    socket.on('error', (error) => parts.log.debug('an upgrade failed', { error }));
    if (!URL.canParse(request.url ?? '/', 'http://gateway')) return void socket.destroy();
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
      pages[Symbol.dispose]();
      server.closeIdleConnections();
      const late = parts.clock.after(GOODBYE_MS, () => server.closeAllConnections());
      await closed;
      late.cancel();
    },
  };
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
