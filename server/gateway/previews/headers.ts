/**
 * What of a message's headers goes on. Into the machine: what the browser said, less what is the app's. To the browser:
 * what the program said, less what would reach beyond its own origin.
 */
import type { IncomingMessage } from 'node:http';
import type { Addresses, Destination } from './address.ts';
import { movedTo } from './location.ts';

/** Belong to one connection, not to the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** Where a browser is and what stands in between is nothing that a learner's program must know. */
const TOLD_BY_US = /^(x-forwarded-.*|x-real-ip|forwarded|via|expect|proxy-.*)$/;
/** The app's own cookies: sign-in, language, theme, layout. */
const OURS = /^(__Host-|__Secure-)?drydock[.-]/;
/** Clear-Site-Data empties the cookies of the whole domain, the app's too; HSTS and the like are for who runs the server. */
const BEYOND = new Set([
  'clear-site-data',
  'strict-transport-security',
  'public-key-pins',
  'alt-svc',
  'nel',
  'report-to',
  'reporting-endpoints',
  'origin-agent-cluster',
]);
/** In a page without an origin of its own: no cookies, storage, frames above it, and no way to the app's pages. */
const SANDBOX =
  'sandbox allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads';

type Pair = [name: string, value: string];

/** Names and values in turn, as the browser wrote them. @param upgrade keep what asks for another protocol */
export function towardsMachine(
  request: IncomingMessage,
  asked: Destination,
  addresses: Addresses,
  upgrade = false,
): string[] {
  const named = connectionHeaders(request);
  const headers = pairs(request.rawHeaders).flatMap(([name, value]): Pair[] => {
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || named.has(lower) || TOLD_BY_US.test(lower)) return [];
    if (lower === 'host') return [];
    if (lower === 'cookie') return keptCookies(value, addresses).map((cookies): Pair => [name, cookies]);
    return [[name, value]];
  });
  const host = request.headers.host ?? '';
  // A program finds itself at the address that the browser shows: its redirects, its check of Origin against Host and
  // its absolute links are then right. On the app's own origin that address would be the app's: there it is local.
  headers.unshift(['Host', addresses.isolated ? host : `localhost:${asked.port}`]);
  headers.push(['X-Forwarded-Proto', addresses.scheme], ['X-Forwarded-Host', host]);
  if (!addresses.isolated) headers.push(['X-Forwarded-Prefix', addresses.addressOf(asked)]);
  if (request.headers['transfer-encoding'] !== undefined) headers.push(['Transfer-Encoding', 'chunked']);
  if (upgrade) headers.push(['Connection', 'Upgrade'], ['Upgrade', request.headers.upgrade ?? '']);
  return headers.flat();
}

/** Names and values in turn, for the browser. */
export function towardsBrowser(
  answer: IncomingMessage,
  asked: Destination,
  { addresses, host, upgrade = false }: { addresses: Addresses; host: string; upgrade?: boolean },
): string[] {
  const named = connectionHeaders(answer);
  const { isolated } = addresses;
  const headers = pairs(answer.rawHeaders).flatMap(([name, value]): Pair[] => {
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || named.has(lower) || BEYOND.has(lower)) return [];
    if (!isolated && (lower === 'set-cookie' || lower === 'service-worker-allowed')) return [];
    if (lower === 'set-cookie') return [[name, hostOnly(value)]];
    if (lower === 'location') return [[name, movedTo(value, asked, { addresses, host })]];
    return [[name, value]];
  });
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted);
  if (isolated) {
    // The address is the key: other sites are not to read it off the links that lead to them.
    if (!has('referrer-policy')) headers.push(['Referrer-Policy', 'same-origin']);
  } else {
    // A second policy beside the program's own: both hold, so the program cannot take this one away.
    headers.push(['Content-Security-Policy', `${SANDBOX}; frame-ancestors 'self'`]);
    // Without an origin even its own files are foreign to the page; there is nothing here that a cookie opens.
    if (!has('access-control-allow-origin')) headers.push(['Access-Control-Allow-Origin', '*']);
  }
  if (upgrade) headers.push(['Connection', 'Upgrade'], ['Upgrade', answer.headers.upgrade ?? '']);
  return headers.flat();
}

/** A cookie for a domain would go to every host below it, and there lie over the app's own of the same name. */
export function hostOnly(cookie: string): string {
  const [pair = '', ...attributes] = cookie.split(';');
  return [pair, ...attributes.filter((attribute) => !/^\s*domain\s*(=|$)/i.test(attribute))].join(';');
}

/** Nothing where no cookie is left. */
function keptCookies(header: string, { isolated }: Addresses): string[] {
  // On the app's own origin every cookie is the app's.
  if (!isolated) return [];
  const kept = header.split(';').filter((cookie) => !OURS.test(cookie.trim()));
  return kept.length > 0 ? [kept.join(';').trim()] : [];
}

/** Header names that `Connection:` declares to be of this connection only. */
function connectionHeaders(message: IncomingMessage): Set<string> {
  const names = (message.headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  // Nobody may have these taken out of a message by naming them.
  return new Set(names.filter((name) => !['host', 'cookie', 'content-length', ''].includes(name)));
}

function pairs(raw: readonly string[]): Pair[] {
  const found: Pair[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) found.push([raw[at]!, raw[at + 1]!]);
  return found;
}
