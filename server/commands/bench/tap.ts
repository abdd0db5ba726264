/** Hands bytes to one listener at a time, and what came before the first to the first. */
export class Tap {
  #listener: ((bytes: Buffer) => void) | null = null;
  /** A prompt and a word: nobody lets a flood run before it listens. */
  #unheard: Buffer[] = [];

  feed(bytes: Buffer): void {
    if (this.#listener) this.#listener(bytes);
    else this.#unheard.push(bytes);
  }

  /** Replaces the listener. */
  onBytes(listener: (bytes: Buffer) => void): void {
    this.#listener = listener;
    for (const bytes of this.#unheard.splice(0)) listener(bytes);
  }
}
