/** Join codes: short enough to be read from a board, too many to be guessed (31⁸, 850 thousand million). */
import { randomInt } from 'node:crypto';

/** That of `joinCodeSchema`: nothing that looks like something else in handwriting. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const GROUP = 4;

export function newJoinCode(isTaken: (code: string) => boolean): string {
  for (;;) {
    const code = `${group()}-${group()}`;
    if (!isTaken(code)) return code;
  }
}

function group(): string {
  return Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
