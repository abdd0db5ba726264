/** One viewer's place in a shell's output: what it was sent, what it has drawn, and where it skips ahead. */
import type { RingBuffer } from '../lib/ring-buffer.ts';
import { FRAME_BYTES, REPLAY_BYTES, WINDOW_BYTES } from '../protocol/numbers.ts';
import type { ViewerEvents, ViewerOptions } from './contract.ts';
import type { ScreenSize } from './holder-link.ts';
import { safeStart } from './safe-start.ts';

/** A viewer that fell behind goes on this far before the end: a screenful of context, soon drawn. */
const SKIP_TO_BYTES = 32 * 1024;

export class ViewerPlace {
  readonly events: ViewerEvents;
  readonly readOnly: boolean;
  size: ScreenSize;
  /** First byte that this viewer has not been sent. Undefined: it takes whatever is kept. */
  #next: number | undefined;
  #unacked = 0;
  #admitted = false;
  #hasSeen = false;

  constructor(options: ViewerOptions, events: ViewerEvents) {
    this.events = events;
    this.readOnly = options.readOnly;
    this.size = { cols: options.cols, rows: options.rows };
    this.#next = options.offset;
  }

  /** The stream is there, or there again: go on where this viewer was, or as near as what is kept allows. */
  admit(ring: RingBuffer): void {
    const wanted = this.#next;
    this.#admitted = true;
    this.#hasSeen = true;
    if (wanted !== undefined && wanted >= ring.start && wanted <= ring.end) {
      this.#goOn(wanted, false, ring);
    } else {
      // A full ring begins anywhere in a line; one that is not full begins where the shell did.
      const isCut = ring.end - ring.start >= REPLAY_BYTES;
      const offset = isCut ? safeStart(ring, ring.start) : ring.start;
      this.#goOn(offset, wanted !== undefined || offset > 0, ring);
    }
  }

  /** The stream is gone for now; output waits until the viewer is admitted again. */
  suspend(): void {
    this.#admitted = false;
  }

  /** What this viewer was sent is no part of the stream any more: it starts anew. */
  forget(): void {
    if (this.#hasSeen) this.#next = -1;
  }

  /** Sends what is new and fits in the window. `fresh` is the ring's newest chunk, to spare a copy. */
  pump(ring: RingBuffer, fresh?: Buffer): void {
    if (!this.#admitted || this.#next === undefined) return;
    // Skip only when there is room, so that the skip goes as far as it can.
    if (this.#next < ring.start && this.#room > 0) this.#skip(ring);
    if (fresh && this.#next === ring.end - fresh.length && fresh.length <= this.#room) {
      this.#send(fresh);
      return;
    }
    while (this.#next >= ring.start && this.#next < ring.end && this.#room > 0)
      this.#send(ring.read(this.#next, Math.min(FRAME_BYTES, this.#room)));
  }

  /** More than was sent is not believed. */
  ack(bytes: number): void {
    this.#unacked = Math.max(0, this.#unacked - bytes);
  }

  /** All before this offset has been drawn, as far as this viewer tells. */
  get drawnTo(): number {
    return this.#admitted ? Math.max(0, (this.#next ?? 0) - this.#unacked) : 0;
  }

  hasAll(ring: RingBuffer): boolean {
    return this.#admitted && this.#next === ring.end;
  }

  get #room(): number {
    return WINDOW_BYTES - this.#unacked;
  }

  #skip(ring: RingBuffer): void {
    this.#goOn(safeStart(ring, Math.max(ring.start, ring.end - SKIP_TO_BYTES)), true, ring);
  }

  #goOn(offset: number, truncated: boolean, ring: RingBuffer): void {
    this.#next = offset;
    this.events.ready({ offset, truncated, replayTo: ring.end });
  }

  #send(chunk: Buffer): void {
    this.#next = (this.#next ?? 0) + chunk.length;
    this.#unacked += chunk.length;
    this.events.output(chunk);
  }
}
