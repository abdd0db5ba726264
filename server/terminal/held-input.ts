/** Keeps what is typed while the shell cannot be reached, up to a bound. */

/** Far more than a person types during a pause; a large paste waits at the socket instead. */
const HELD_BYTES = 64 * 1024;

export class HeldInput {
  #chunks: Buffer[] = [];
  #length = 0;
  #waiting = Promise.withResolvers<void>();

  /** Bytes over the bound are dropped: whoever writes was told to wait by `inputRoom`. */
  input(bytes: Buffer): void {
    const kept = bytes.subarray(0, HELD_BYTES - this.#length);
    if (kept.length === 0) return;
    // A copy: a view would keep the socket's whole buffer alive.
    this.#chunks.push(Buffer.from(kept));
    this.#length += kept.length;
  }

  /** Null while there is room; else resolves once it was taken. */
  inputRoom(): Promise<void> | null {
    return this.#length < HELD_BYTES ? null : this.#waiting.promise;
  }

  take(): Buffer[] {
    const chunks = this.#chunks;
    this.clear();
    return chunks;
  }

  clear(): void {
    this.#chunks = [];
    this.#length = 0;
    this.#waiting.resolve();
    this.#waiting = Promise.withResolvers();
  }
}
