/** Carries one request to a program in a machine and its answer back, as they come: nothing is gathered on the way. */
import { type IncomingMessage, request as ask, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Addresses, Destination } from './address.ts';
import { towardsBrowser, towardsMachine } from './headers.ts';
import { LineError, type Lines } from './lines.ts';
import type { Trouble } from './words.ts';

export type CarryParts = {
  addresses: Addresses;
  lines: Lines;
  origins: readonly string[];
  /** A connection on which nothing moves for so long is closed. */
  idleMs: number;
};

/** What may be sent twice without harm, should a kept connection turn out to be closed. */
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** @returns what to say instead, where there was no answer; null when the browser has one. */
export async function carry(
  parts: CarryParts,
  asked: Destination,
  browser: Browser,
): Promise<Trouble | null> {
  const { request } = browser;
  // Later than the program's side, so that who waits for an answer is told why there is none.
  request.setTimeout(parts.idleMs * 2, () => request.socket.destroy());
  const hasBody = 'content-length' in request.headers || 'transfer-encoding' in request.headers;
  const isSafe = SAFE.includes(request.method ?? '') && !hasBody;
  let answer = await answerOf(parts, asked, browser, { kept: isSafe });
  if (answer === 'lost') answer = await answerOf(parts, asked, browser, { kept: false });
  if (answer === 'lost') return 'not_http';
  if (typeof answer === 'string') return answer;
  if (request.headers['sec-fetch-dest'] === 'iframe' && refusesFrame(answer, parts)) {
    answer.destroy();
    return 'frame';
  }
  await deliver(parts, asked, browser, answer);
  return null;
}

type Browser = { request: IncomingMessage; response: ServerResponse };

async function deliver(
  { addresses }: CarryParts,
  asked: Destination,
  { request, response }: Browser,
  answer: IncomingMessage,
): Promise<void> {
  const headers = towardsBrowser(answer, asked, { addresses, host: request.headers.host ?? '' });
  response.sendDate = false;
  try {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
    // Events may come much later: that the stream is open is told now.
    response.flushHeaders();
    await pipeline(answer, response);
  } catch {
    // The browser went away, or the program broke off: then the browser must see that the answer is not whole.
    response.destroy();
    answer.destroy();
  }
}

/** `lost`: a kept connection was closed under our hands before a byte of the answer. */
function answerOf(
  { addresses, lines, idleMs }: CarryParts,
  asked: Destination,
  { request, response }: Browser,
  options: { kept: boolean },
): Promise<IncomingMessage | Trouble | 'lost'> {
  const { promise, resolve } = Promise.withResolvers<IncomingMessage | Trouble | 'lost'>();
  const upstream = ask({
    ...lines.way(asked, options),
    method: request.method,
    path: asked.path,
    headers: towardsMachine(request, asked, addresses),
    setHost: false,
    timeout: idleMs,
  });
  let isLate = false;
  upstream.once('response', resolve);
  upstream.on('timeout', () => {
    isLate = true;
    upstream.destroy();
  });
  upstream.on('error', (error) => {
    if (isLate) return resolve('slow');
    if (error instanceof LineError) return resolve(error.code === 'refused' ? 'silent' : error.code);
    resolve(upstream.reusedSocket ? 'lost' : 'not_http');
  });
  // Nobody speaks to a program any more when the browser has gone.
  response.once('close', () => upstream.destroy());
  upstream.once('close', () => {
    resolve('not_http');
    // A program may have heard enough: the rest is read and dropped, or the browser would not hear the answer.
    request.unpipe(upstream);
    request.resume();
  });
  request.pipe(upstream);
  return promise;
}

/** By what the program says, which browsers would obey with an empty frame. */
function refusesFrame(answer: IncomingMessage, { origins }: CarryParts): boolean {
  const policy = String(answer.headers['content-security-policy'] ?? '');
  const ancestors = /(?:^|[;,])\s*frame-ancestors\s([^;,]*)/i.exec(policy)?.[1]?.trim().split(/\s+/);
  if (ancestors) return !ancestors.some((source) => ['*', 'http:', 'https:', ...origins].includes(source));
  return /deny|sameorigin/i.test(String(answer.headers['x-frame-options'] ?? ''));
}
