/**
 * Which page a request comes from. Cookies alone do not tell: a learner's own web page, shown from this very host, is
 * "same site" to a browser, so SameSite=Lax cookies go along with what its scripts ask. The Origin header cannot be
 * set by scripts; every state change and every WebSocket must bear one of ours.
 */
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

export function isOurOrigin(request: IncomingMessage, origins: readonly string[]): boolean {
  const { origin } = request.headers;
  // Browsers send it with every POST, PUT and DELETE and every WebSocket; who leaves it out is no page of ours.
  return origin !== undefined && origins.includes(origin);
}

/** @throws Refusal `wrong_origin` */
export function demandOurOrigin(request: IncomingMessage, origins: readonly string[]): void {
  if (isOurOrigin(request, origins)) return;
  throw new Refusal('wrong_origin', 'This request does not come from a page of this server.', {
    hint: `Open the server under one of: ${origins.join(', ')}. DRYDOCK_ORIGIN sets them.`,
  });
}

/**
 * The browser's address. Our own socket tells it, whatever the headers say; only when TLS ends at a proxy on this host
 * (then an origin is https and the peer is loopback) is that proxy's word taken.
 */
export function clientAddress(request: IncomingMessage, origins: readonly string[]): string {
  const peer = request.socket.remoteAddress ?? 'unknown';
  const behindProxy = origins.some((origin) => origin.startsWith('https:')) && isLoopback(peer);
  const forwarded = request.headers['x-forwarded-for'];
  // The last entry is the proxy's own; those before it are the client's claims.
  const last = behindProxy
    ? String(forwarded ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : undefined;
  return last || peer;
}

/** Nobody but a program on this host, and no proxy in between. */
export function isFromThisHost(request: IncomingMessage): boolean {
  return isLoopback(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined;
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
