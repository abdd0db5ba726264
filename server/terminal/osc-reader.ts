/** Finds operating system commands (ESC ] … BEL or ESC \) in a terminal's output, wherever its chunks are split. */

/** Longer ones are not for us and are passed over; a shell's longest mark is an escaped command line. */
export const OSC_BYTES = 32 * 1024;

const [BEL, CAN, SUB, ESC, BRACKET] = [0x07, 0x18, 0x1a, 0x1b, 0x5d];

type State = 'ground' | 'escape' | 'osc';

/** Reads a copy: it never changes what viewers see. */
export class OscReader {
  #state: State = 'ground';
  readonly #kept = Buffer.allocUnsafeSlow(OSC_BYTES);
  #length = 0;
  #tooLong = false;

  /** Calls back with each payload and the number of bytes of `chunk` used up to its end. */
  read(chunk: Buffer, found: (payload: string, endsAt: number) => void): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#state === 'ground') {
        at = chunk.indexOf(ESC, at);
        if (at === -1) return;
        at++;
        this.#state = 'escape';
      } else if (this.#state === 'escape') {
        const byte = chunk[at++];
        this.#state = byte === BRACKET ? 'osc' : byte === ESC ? 'escape' : 'ground';
        this.#length = 0;
        this.#tooLong = false;
      } else {
        at = this.#readOsc(chunk, at, found);
      }
    }
  }

  #readOsc(chunk: Buffer, from: number, found: (payload: string, endsAt: number) => void): number {
    let at = from;
    let byte: number | undefined;
    while (at < chunk.length) {
      byte = chunk[at];
      if (byte === BEL || byte === ESC || byte === CAN || byte === SUB) break;
      at++;
    }
    this.#keep(chunk.subarray(from, at));
    if (at === chunk.length) return at;
    // As xterm does: any ESC ends the string, also where no backslash follows; CAN and SUB drop it.
    this.#state = byte === ESC ? 'escape' : 'ground';
    if ((byte === BEL || byte === ESC) && !this.#tooLong)
      found(this.#kept.toString('utf8', 0, this.#length), at + 1);
    return at + 1;
  }

  #keep(bytes: Buffer): void {
    if (this.#tooLong || this.#length + bytes.length > OSC_BYTES) {
      this.#tooLong = true;
      return;
    }
    bytes.copy(this.#kept, this.#length);
    this.#length += bytes.length;
  }
}
