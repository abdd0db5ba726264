/** Answers one request to the API: route, origin, user, limit, body, handler; every error is translated here. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type Call, parse, readJson, type Reply, type Route, signedIn } from './call.ts';
import { compressed } from './compress.ts';
import { clientAddress, demandOurOrigin, isFromThisHost } from './origin.ts';
import type { GatewayParts } from './parts.ts';
import { matchPath } from './path.ts';
import { answerFor, Refusal } from './refusal.ts';
import { ROUTES } from './routes.ts';
import { API_POLICY } from './security-headers.ts';

/** A browser that takes nothing of a download for so long. */
const STALLED_MS = 60_000;
type Stream = NonNullable<Reply['stream']>;

export async function answerApi(
  parts: GatewayParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://gateway');
  let label = 'none';
  try {
    const { route, params } = findRoute(request.method ?? 'GET', url.pathname, response);
    label = `${route.method} ${route.path}`;
    const reply = await take(parts, route, { request, params, query: url.searchParams });
    send(request, response, { status: 200, ...reply });
    if (reply.stream) await stream(response, reply.stream);
  } catch (error) {
    const { status, body, etag, unexpected } = answerFor(error);
    if (unexpected) parts.log.error('a request failed', { route: label, error });
    parts.measures.countRefusal(body.error.code);
    if (response.headersSent) return void response.destroy();
    // What is left of a body that was too large is not read: the connection ends with the answer.
    if (!request.complete) response.setHeader('connection', 'close');
    if (status === 429) response.setHeader('retry-after', '30');
    send(request, response, { status, json: body, headers: etag === undefined ? {} : { etag } });
  }
  parts.measures.countRequest(label, response.statusCode);
}

async function take(
  parts: GatewayParts,
  route: Route,
  { request, params, query }: Pick<Call, 'request' | 'params' | 'query'>,
): Promise<Reply> {
  const changes = route.method !== 'GET';
  if (changes) demandOurOrigin(request, parts.origins);
  const address = clientAddress(request, parts.origins);
  // A reading request may come from our own pages on their way to the browser, which could not pass a cookie on.
  const { user, cookies } = await parts.auth.identify(headersOf(request), { refresh: changes });
  const call: Call = { parts, request, address, params, query, user, body: undefined };
  if (!route.anyone) signedIn(call);
  demandLimit(parts, route, call);
  if (changes && !route.raw && route.body)
    call.body = parse(route.body, await readJson(request, route.bodyBytes));
  const reply = await route.handle(call);
  // A handler that signs in or out has the last word on cookies.
  return reply.cookies ? reply : { ...reply, cookies };
}

function findRoute(method: string, path: string, response: ServerResponse) {
  const matching = ROUTES.flatMap((route) => {
    const params = matchPath(route.path, path);
    return params ? [{ route, params }] : [];
  });
  const found = matching.find(({ route }) => route.method === method);
  if (found) return found;
  if (matching.length === 0) throw new Refusal('not_found', 'There is nothing at this address.');
  response.setHeader('allow', matching.map(({ route }) => route.method).join(', '));
  throw new Refusal('method_not_allowed', 'This address does not take that method.');
}

/**
 * Who is signed in is counted alone, others by address. Signing in and up is counted by address always: guests are made
 * by the dozen, and each would bring a count of its own.
 */
function demandLimit(parts: GatewayParts, route: Route, { request, address, user }: Call): void {
  const name = route.limit ?? (route.method === 'GET' ? 'read' : 'change');
  // Our own pages ask for everybody from this host: they are limited by user, and unlimited for those without one.
  const isOurPage = route.method === 'GET' && isFromThisHost(request);
  if (isOurPage && !user) return;
  // Who guesses at codes would have a count of its own for each guest that it makes.
  const byAddress =
    user === null || (route.anyone && route.method !== 'GET') || (name === 'join' && !isOurPage);
  if (!parts.limit.take(name, byAddress ? address : user.id))
    throw new Refusal('too_many_requests', 'That was too often in a short time. Wait half a minute.');
}

export function headersOf(request: IncomingMessage): Headers {
  return new Headers(request.headers.cookie === undefined ? {} : { cookie: request.headers.cookie });
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply & { status: number }): void {
  response.statusCode = reply.status;
  if (reply.cookies?.length) response.setHeader('set-cookie', reply.cookies);
  response.setHeader('content-security-policy', API_POLICY);
  response.setHeader('cache-control', 'no-store');
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  if (reply.stream) return;
  const body = reply.text?.body ?? (reply.json === undefined ? undefined : JSON.stringify(reply.json));
  if (body === undefined) return void response.end();
  response.setHeader('content-type', reply.text?.type ?? 'application/json; charset=utf-8');
  compressed(request, response).end(body);
}

/** Ends with the browser: one that reads nothing for a while is cut off, and what was sent short is seen to be. */
async function stream(response: ServerResponse, { type, body, bytes }: Stream): Promise<void> {
  response.setHeader('content-type', type);
  if (bytes !== null) response.setHeader('content-length', bytes);
  response.setTimeout(STALLED_MS, () => response.destroy());
  try {
    await pipeline(body, response);
  } catch (error) {
    // The browser went away, which is its right; the machine's own fault ends the answer short.
    if (!isGone(error)) throw error;
  }
}

const isGone = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
