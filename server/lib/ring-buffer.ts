/** Keeps the newest bytes of a stream under absolute offsets, so that a returning reader can catch up. */
export class RingBuffer {
  readonly #bytes: Buffer;
  #end = 0;
  #start = 0;

  /** @param capacity bytes kept; memory is taken at once and never grows. */
  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
  }

  /** Offset of the oldest byte kept. */
  get start(): number {
    return this.#start;
  }

  /** Offset after the newest byte. */
  get end(): number {
    return this.#end;
  }

  /** Forgets everything and goes on at `offset`. */
  reset(offset: number): void {
    this.#start = offset;
    this.#end = offset;
  }

  append(chunk: Uint8Array): void {
    const capacity = this.#bytes.length;
    const kept = chunk.length > capacity ? chunk.subarray(chunk.length - capacity) : chunk;
    const at = (this.#end + chunk.length - kept.length) % capacity;
    const first = Math.min(kept.length, capacity - at);
    this.#bytes.set(kept.subarray(0, first), at);
    this.#bytes.set(kept.subarray(first), 0);
    this.#end += chunk.length;
    this.#start = Math.max(this.#start, this.#end - capacity);
  }

  /** A copy of at most `length` bytes from `offset`, which must lie between `start` and `end`. */
  read(offset: number, length: number): Buffer {
    if (offset < this.#start || offset > this.#end)
      throw new RangeError(`invariant: offset ${offset} is not kept`);
    const capacity = this.#bytes.length;
    const size = Math.min(length, this.#end - offset);
    const at = offset % capacity;
    const first = Math.min(size, capacity - at);
    const copy = Buffer.allocUnsafe(size);
    this.#bytes.copy(copy, 0, at, at + first);
    this.#bytes.copy(copy, first, 0, size - first);
    return copy;
  }
}
