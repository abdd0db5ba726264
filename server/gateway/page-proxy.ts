/** Brings pages from the app on its loopback port: streaming, with our headers, and a page of our own when it is away. */
import { randomBytes } from 'node:crypto';
import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as ask,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { away } from './away-page.ts';
import { compressed } from './compress.ts';
import { localeOf, localizedPath } from './locale.ts';
import { clientAddress } from './origin.ts';
import type { GatewayParts } from './parts.ts';
import { pagePolicy } from './security-headers.ts';

/** Headers that belong to one connection, not to the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

type ProxyParts = Pick<GatewayParts, 'pages' | 'origins' | 'development' | 'previews' | 'log'>;

export interface PageProxy extends Disposable {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** For the reload socket of development; production has no socket there. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

export function createPageProxy(parts: ProxyParts): PageProxy {
  // A connection for each request: on loopback it costs 0.1 ms, and none can be closed under our hands by the app.
  const agent = new Agent({ keepAlive: false, maxSockets: 256 });
  return {
    async serve(request, response) {
      const redirect = localizedPath(request);
      if (redirect !== null) return sendTo(redirect, response);
      const port = await parts.pages.port();
      if (port === null) return away(response, localeOf(request));
      const nonce = randomBytes(16).toString('base64');
      const { development, previews } = parts;
      const policy = pagePolicy(nonce, { development, frames: previews.frameSource });
      const headers = { ...forwarded(parts, request), 'content-security-policy': policy, 'x-nonce': nonce };
      const answer = await asked(request, { port, agent, headers }).catch((error: unknown) => {
        parts.log.debug('the app did not answer', { path: request.url, error });
        return null;
      });
      if (!answer) return away(response, localeOf(request));
      response.statusCode = answer.statusCode ?? 502;
      for (const [name, value] of Object.entries(answer.headers))
        if (value !== undefined && !HOP_BY_HOP.includes(name)) response.setHeader(name, value);
      response.setHeader('content-security-policy', policy);
      await pipeline(answer, compressed(request, response)).catch((error: unknown) => {
        // Most often the browser went away. If the app did, the browser must see that the page is not whole.
        parts.log.debug('a page was not delivered', { path: request.url, error });
        response.destroy();
      });
    },
    async upgrade(request, socket, head) {
      const port = parts.development ? await parts.pages.port() : null;
      if (port === null) {
        // A client that never closes would keep it open.
        socket.once('finish', () => socket.destroy());
        return void socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n');
      }
      const headers = { ...forwarded(parts, request), connection: 'upgrade', upgrade: 'websocket' };
      const upstream = ask({ host: '127.0.0.1', port, path: request.url, headers });
      upstream.once('error', () => socket.destroy());
      upstream.once('upgrade', (answer, peer, peerHead) => {
        const lines = answer.rawHeaders.reduce(
          (text, part, index) => text + part + (index % 2 === 0 ? ': ' : '\r\n'),
          '',
        );
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines}\r\n`);
        socket.write(peerHead);
        peer.write(head);
        peer.on('error', () => socket.destroy()).pipe(socket);
        socket.on('error', () => peer.destroy()).pipe(peer);
      });
      upstream.end();
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

/** The Host header stays as the browser sent it: Next builds its addresses from it. */
function forwarded({ origins }: ProxyParts, request: IncomingMessage): IncomingHttpHeaders {
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.includes(name)),
  );
  return { ...headers, 'x-real-ip': clientAddress(request, origins), 'accept-encoding': 'identity' };
}

function asked(
  request: IncomingMessage,
  { port, agent, headers }: { port: number; agent: Agent; headers: IncomingHttpHeaders },
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const upstream = ask({
    host: '127.0.0.1',
    port,
    method: request.method,
    path: request.url,
    headers,
    agent,
  });
  upstream.once('response', resolve).once('error', reject);
  request.once('close', () => {
    if (!request.complete) upstream.destroy();
  });
  pipeline(request, upstream).catch(reject);
  return promise;
}

function sendTo(path: string, response: ServerResponse): void {
  response.writeHead(307, {
    location: path,
    vary: 'accept-language, cookie',
    'cache-control': 'no-store',
    'content-length': 0,
  });
  response.end();
}
