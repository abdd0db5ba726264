/** The one place where answers are compressed: text of some length, for browsers that take gzip. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';

const TEXT = /^(text\/|application\/(json|javascript|manifest|wasm|xml)|image\/svg\+xml)/;

/** Where to write the body of `response`, whose status and headers are set already. */
export function compressed(request: IncomingMessage, response: ServerResponse): Writable {
  const type = String(response.getHeader('content-type') ?? '');
  const done = response.hasHeader('content-encoding') || request.method === 'HEAD';
  const bodiless = response.statusCode === 204 || response.statusCode === 304;
  if (done || bodiless || !TEXT.test(type) || type.startsWith('text/event-stream')) return response;
  response.appendHeader('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return response;
  response.removeHeader('content-length');
  response.setHeader('content-encoding', 'gzip');
  // What browsers keep for good is sent once and never streamed: worth the best. All else is flushed at every write,
  // so that a page that streams still arrives piece by piece.
  const isKept = String(response.getHeader('cache-control') ?? '').includes('immutable');
  const gzip = createGzip(isKept ? { level: 9 } : { level: 5, flush: constants.Z_SYNC_FLUSH });
  gzip.pipe(response);
  // A browser that goes away in mid-answer must not leave the compressor waiting for room.
  response.once('close', () => gzip.destroy());
  return gzip;
}
