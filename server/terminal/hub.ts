/**
 * One shell and all who look at it. The fastest viewer who may type paces the shell; a slower one skips ahead and slows
 * nobody; with none the shell runs on, and after a while its output is left to the holder.
 */
import type { Clock, Timer } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Tail, Viewer, ViewerEvents, ViewerOptions } from './contract.ts';
import { HeldInput } from './held-input.ts';
import type { ScreenSize } from './holder-link.ts';
import { Screen } from './screen.ts';
import type { CommandEnded } from './shell-marks.ts';
import { ShellStream, type Connect } from './shell-stream.ts';
import { ShellWatch } from './shell-watch.ts';
import { ViewerPlace } from './viewer-place.ts';

/** Memory is kept this long after the last viewer left: a reload finds everything at hand. */
const KEEP_MS = 60_000;
/** A program may rename its terminal as often as it likes; viewers hear of it at most this often. */
const TITLE_EVERY_MS = 100;

export type HubOptions = {
  connect: Connect;
  nonce: string;
  /** The size of the first shell; viewers decide it from then on. */
  size: ScreenSize;
  /** Commands that ended before this offset were told by an earlier hub. Undefined: nobody knows. */
  toldTo: number | undefined;
  onCommand(command: CommandEnded): void;
  /** The shell ended: the next who comes gets a new one. */
  onExit(): void;
  /** Nobody has looked for a while; all commands that ended before `toldTo` were told. */
  onIdle(toldTo: number): void;
  clock: Clock;
  log: Log;
};

export class Hub {
  readonly #options: HubOptions;
  readonly #stream: ShellStream;
  readonly #watch: ShellWatch;
  readonly #screen: Screen;
  readonly #held = new HeldInput();
  readonly #places = new Set<ViewerPlace>();
  #exitCode: number | null = null;
  #idleTimer: Timer | null = null;
  #titleTimer: Timer | null = null;

  constructor(options: HubOptions) {
    this.#options = options;
    const { clock, log, nonce, size, toldTo } = options;
    this.#watch = new ShellWatch({
      nonce,
      toldTo,
      now: () => clock.now(),
      onCommand: (command) => options.onCommand(command),
      onTitle: () => this.#tellTitle(),
    });
    this.#screen = new Screen({ size, clock, apply: (next) => this.#resize(next) });
    this.#stream = new ShellStream({
      connect: options.connect,
      size: () => this.#screen.size,
      clock,
      log,
      events: {
        begin: (offset) => this.#begin(offset),
        replay: (offset) => this.#watch.replay(offset),
        output: (bytes) => {
          this.#watch.read(bytes);
          this.#pump(bytes);
        },
        live: () => this.#live(),
        lost: () => this.#lost(),
        ended: (code) => this.#ended(code),
      },
    });
    void this.#stream.connect();
  }

  get viewers(): number {
    return this.#places.size;
  }

  get tail(): Tail {
    const { ring } = this.#stream;
    const { cols, rows } = this.#screen.size;
    const read = (bytes: number) => ring.read(Math.max(ring.start, ring.end - bytes), bytes);
    return { end: ring.end, cols, rows, read };
  }

  add(options: ViewerOptions, events: ViewerEvents): Viewer {
    const place = new ViewerPlace(options, events);
    this.#places.add(place);
    this.#idleTimer?.cancel();
    if (!place.readOnly) this.#screen.join(place);
    if (this.#stream.state === 'live') this.#admit(place);
    if (this.#stream.state === 'lost') events.lost();
    this.#tellViewers();
    return {
      write: (bytes) => this.#write(place, bytes),
      inputRoom: () => (this.#stream.link ?? this.#held).inputRoom(),
      resize: (cols, rows) => {
        place.size = { cols, rows };
        this.#screen.changed();
      },
      ack: (bytes) => {
        place.ack(bytes);
        this.#pump();
      },
      close: () => this.#remove(place),
    };
  }

  /** Its shell is ended from outside: whoever looks is told at once, whatever was still on its way. */
  end(code: number): void {
    for (const place of this.#places) place.events.exit(code);
    this.#places.clear();
    this.close();
  }

  machineUp(): void {
    this.#stream.machineUp();
  }

  close(): void {
    this.#stream.close();
    this.#screen.stop();
    this.#held.clear();
    this.#idleTimer?.cancel();
    this.#titleTimer?.cancel();
  }

  #write(place: ViewerPlace, bytes: Buffer): boolean {
    if (place.readOnly || !this.#places.has(place)) return false;
    this.#screen.typed(place);
    (this.#stream.link ?? this.#held).input(bytes);
    return true;
  }

  #remove(place: ViewerPlace): void {
    if (!this.#places.delete(place)) return;
    this.#screen.leave(place);
    this.#tellViewers();
    this.#pump();
    if (this.#places.size === 0) this.#nobodyLooks();
  }

  #nobodyLooks(): void {
    if (this.#exitCode !== null) this.close();
    else if (this.#stream.state === 'lost') this.#idle();
    else this.#idleTimer = this.#options.clock.after(KEEP_MS, () => this.#idle());
  }

  #idle(): void {
    this.close();
    this.#options.onIdle(this.#watch.toldTo);
  }

  #begin(offset: number): void {
    this.#watch.begin(offset);
    for (const place of this.#places) place.forget();
  }

  #live(): void {
    for (const bytes of this.#held.take()) this.#stream.link?.input(bytes);
    for (const place of this.#places) this.#admit(place);
  }

  #admit(place: ViewerPlace): void {
    place.admit(this.#stream.ring);
    place.events.size(this.#screen.size.cols, this.#screen.size.rows);
    if (this.#watch.title) place.events.title(this.#watch.title);
    this.#pump();
  }

  /** Hands out what is new, then lets the holder send as much more as the fastest viewer has drawn. */
  #pump(fresh?: Buffer): void {
    const { ring, link } = this.#stream;
    for (const place of this.#places) place.pump(ring, fresh);
    // Who merely looks neither hurries nor holds the shell: it is another's, and skips are theirs.
    const pacing = Array.from(this.#places).filter(({ readOnly }) => !readOnly);
    const drawnTo = Math.max(0, ...pacing.map((place) => place.drawnTo));
    link?.ackAllBut(pacing.length === 0 ? 0 : ring.end - drawnTo);
    if (this.#exitCode !== null) this.#tellExit(this.#exitCode);
  }

  #resize(size: ScreenSize): void {
    this.#stream.link?.resize(size);
    for (const place of this.#places) place.events.size(size.cols, size.rows);
  }

  #lost(): void {
    for (const place of this.#places) {
      place.suspend();
      place.events.lost();
    }
    if (this.#places.size === 0) this.#idle();
  }

  #ended(code: number): void {
    this.#exitCode = code;
    this.#idleTimer?.cancel();
    this.#options.onExit();
    this.#pump();
    if (this.#places.size === 0) this.close();
  }

  /** Who is behind hears of the end when all output was delivered. */
  #tellExit(code: number): void {
    for (const place of this.#places) {
      if (!place.hasAll(this.#stream.ring)) continue;
      this.#places.delete(place);
      place.events.exit(code);
    }
  }

  #tellViewers(): void {
    for (const place of this.#places) place.events.viewers(this.#places.size);
  }

  #tellTitle(): void {
    this.#titleTimer ??= this.#options.clock.after(TITLE_EVERY_MS, () => {
      this.#titleTimer = null;
      for (const place of this.#places) place.events.title(this.#watch.title);
    });
  }
}
