/** New names for what the wire speaks of: eight characters of base32, drawn at random, so that nobody guesses another's. */
import { randomBytes } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

export function newShortId(isTaken: (id: string) => boolean): string {
  for (;;) {
    const id = Array.from(randomBytes(8), (byte) => BASE32[byte % BASE32.length]).join('');
    if (!isTaken(id)) return id;
  }
}
