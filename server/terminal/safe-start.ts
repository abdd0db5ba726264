/** Finds where a screen may begin to read a stream whose start is gone: after a line, or before an escape sequence. */
import type { RingBuffer } from '../lib/ring-buffer.ts';

/** How far we look for a good place. */
const LOOK_BYTES = 8 * 1024;
const [NEWLINE, ESC] = [0x0a, 0x1b];

/** The first good offset at or after `from`, which must be kept in the ring. */
export function safeStart(ring: RingBuffer, from: number): number {
  const bytes = ring.read(from, LOOK_BYTES);
  const newline = bytes.indexOf(NEWLINE);
  if (newline !== -1) return from + newline + 1;
  const escape = bytes.indexOf(ESC);
  if (escape !== -1) return from + escape;
  // Continuation bytes of a character whose start is gone.
  const character = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  return character === -1 ? from : from + character;
}
