/**
 * Parts the two streams that the Engine API sends as one (API 1.41, "Stream format": type, three zeros, length in
 * four bytes big-endian, payload). Reads on only while the reader of each takes what came: nothing piles up here.
 */
import { once } from 'node:events';
import type { PassThrough, Readable } from 'node:stream';

const HEADER_BYTES = 8;
const STDERR = 2;
/** What is kept of a standard error that nobody reads; the rest is dropped, or standard output would wait for it. */
const UNREAD_STDERR_MAX_BYTES = 64 * 1024;

export async function demux(source: Readable, stdout: PassThrough, stderr: PassThrough): Promise<void> {
  let header = Buffer.alloc(0);
  let target = stdout;
  let left = 0;
  for await (const chunk of source) {
    let rest = chunk as Buffer;
    while (rest.length > 0) {
      if (left === 0) {
        const wanted = HEADER_BYTES - header.length;
        header = Buffer.concat([header, rest.subarray(0, wanted)]);
        rest = rest.subarray(wanted);
        if (header.length < HEADER_BYTES) break;
        target = header[0] === STDERR ? stderr : stdout;
        left = header.readUInt32BE(4);
        header = Buffer.alloc(0);
        continue;
      }
      const payload = rest.subarray(0, left);
      left -= payload.length;
      rest = rest.subarray(payload.length);
      if (target === stderr && isUnreadAndFull(stderr)) continue;
      await write(target, payload);
    }
  }
}

function isUnreadAndFull(stderr: PassThrough): boolean {
  return (
    stderr.readableFlowing === null && stderr.readableLength + stderr.writableLength > UNREAD_STDERR_MAX_BYTES
  );
}

/** Resolves when there is room for more; a reader that went away takes nothing and holds nobody up. */
async function write(target: PassThrough, payload: Buffer): Promise<void> {
  if (target.destroyed || target.write(payload)) return;
  if (target.destroyed) return;
  const gone = new AbortController();
  try {
    await Promise.race([
      once(target, 'drain', { signal: gone.signal }),
      once(target, 'close', { signal: gone.signal }),
    ]);
  } finally {
    gone.abort();
  }
}
