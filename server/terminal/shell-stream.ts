/**
 * A shell's output as one stream under absolute offsets, whatever happens to the connection: it connects, takes what the
 * holder kept, goes on where it was after a loss, and begins anew only where the shell's machine did.
 */
import type { Clock, Timer } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { RingBuffer } from '../lib/ring-buffer.ts';
import { REPLAY_BYTES } from '../protocol/numbers.ts';
import type { HolderFrame } from './frames.ts';
import { HOLDER_WINDOW_BYTES, type HolderLink, type ScreenSize } from './holder-link.ts';

/** More than is replayed, so that one who is furthest behind loses nothing to what is already on its way. */
const RING_BYTES = REPLAY_BYTES + HOLDER_WINDOW_BYTES + 64 * 1024;
/** From asking for a connection until all that the holder kept has come. */
const SETTLE_MS = 20_000;
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 5_000;

/** Connects to the holder; rejects while the machine cannot be reached. `life` is the machine's generation. */
export type Connect = (size: ScreenSize) => Promise<{ link: HolderLink; life: number }>;

export type ShellStreamEvents = {
  /** From here on the ring holds a stream that has nothing to do with the one before. */
  begin(offset: number): void;
  /** What the holder kept ends at `offset`: bytes before it are a replay. Called before they come. */
  replay(offset: number): void;
  output(bytes: Buffer): void;
  /** All that was kept has come; now it is live. */
  live(): void;
  /** The connection is gone; it is sought again until `close`. */
  lost(): void;
  ended(code: number): void;
};

export type ShellStreamState = 'connecting' | 'replaying' | 'live' | 'lost' | 'closed';

export class ShellStream {
  readonly ring = new RingBuffer(RING_BYTES);
  readonly #connectOnce: Connect;
  readonly #size: () => ScreenSize;
  readonly #events: ShellStreamEvents;
  readonly #clock: Clock;
  readonly #log: Log;
  #state: ShellStreamState = 'closed';
  #link: HolderLink | null = null;
  #life: number | null = null;
  #isNew = true;
  #replayTo = 0;
  #failures = 0;
  /** Calls of earlier attempts are not heard. */
  #attempt = 0;
  #timer: Timer | null = null;

  constructor(options: {
    connect: Connect;
    size: () => ScreenSize;
    events: ShellStreamEvents;
    clock: Clock;
    log: Log;
  }) {
    this.#connectOnce = options.connect;
    this.#size = options.size;
    this.#events = options.events;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  get state(): ShellStreamState {
    return this.#state;
  }

  /** The connection while it is live. */
  get link(): HolderLink | null {
    return this.#state === 'live' ? this.#link : null;
  }

  async connect(): Promise<void> {
    this.#rest();
    this.#state = 'connecting';
    const attempt = ++this.#attempt;
    const isCurrent = () => attempt === this.#attempt;
    this.#timer = this.#clock.after(SETTLE_MS, () =>
      this.#lose(new Error('The terminal did not answer in time.')),
    );
    try {
      const { link, life } = await this.#connectOnce(this.#size());
      if (!isCurrent()) return link.close();
      this.#link = link;
      this.#isNew = life !== this.#life;
      this.#life = life;
      link.listen(this.#isNew ? 'oldest' : this.ring.end, {
        frame: (frame) => isCurrent() && this.#hear(frame),
        lost: (reason) => isCurrent() && this.#lose(reason),
      });
    } catch (error) {
      if (isCurrent()) this.#lose(error as Error);
    }
  }

  /** The machine answers (again): no need to wait for the next attempt. */
  machineUp(): void {
    if (this.#state !== 'lost') return;
    this.#failures = 0;
    void this.connect();
  }

  close(): void {
    this.#drop();
    this.#state = 'closed';
  }

  #hear(frame: HolderFrame): void {
    if (frame.type === 'span') this.#span(frame.start, frame.end);
    else if (frame.type === 'output') this.#output(frame.offset, frame.bytes);
    else this.#end(frame.code);
  }

  #span(start: number, end: number): void {
    if (this.#state !== 'connecting') return this.#lose(new Error('The holder gave its span twice.'));
    this.#state = 'replaying';
    this.#replayTo = end;
    const goesOn = !this.#isNew && this.ring.end >= start && this.ring.end <= end;
    // Asked for what it does not have, the holder sends all that it has.
    if (!goesOn) this.#begin(start);
    this.#events.replay(end);
    this.#settle();
  }

  #output(offset: number, bytes: Buffer): void {
    if (this.#state !== 'replaying' && this.#state !== 'live')
      return this.#lose(new Error('The holder sent output before its span.'));
    if (offset !== this.ring.end) return this.#lose(new Error('The holder left out some output.'));
    this.ring.append(bytes);
    this.#events.output(bytes);
    if (this.#state !== 'replaying') return;
    this.#link?.ackAllBut(0);
    this.#settle();
  }

  #settle(): void {
    if (this.ring.end < this.#replayTo) return;
    this.#rest();
    this.#state = 'live';
    this.#failures = 0;
    this.#link?.resize(this.#size());
    this.#events.live();
  }

  #begin(offset: number): void {
    this.ring.reset(offset);
    this.#events.begin(offset);
  }

  #end(code: number): void {
    if (this.#state !== 'live') return this.#lose(new Error('The shell ended before its output came.'));
    this.close();
    this.#events.ended(code);
  }

  #lose(reason: Error): void {
    this.#drop();
    this.#state = 'lost';
    const level = this.#failures === 0 ? 'info' : 'debug';
    this.#log[level]('a terminal lost its shell', { reason });
    const pauseMs = Math.min(FIRST_RETRY_MS * 2 ** this.#failures++, MAX_RETRY_MS);
    this.#timer = this.#clock.after(pauseMs, () => void this.connect());
    this.#events.lost();
  }

  #drop(): void {
    this.#attempt++;
    this.#rest();
    this.#link?.close();
    this.#link = null;
  }

  #rest(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }
}
