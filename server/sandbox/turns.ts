/** Who may have machines awake: a place for each machine up to the capacity, and a queue for those who wait. */
import type { Clock } from '../lib/clock.ts';

/** Turns that ended lately, from which the wait is estimated. */
const REMEMBERED = 20;
const WAIT_MAX_MS = 24 * 60 * 60_000;

type Waiting = { id: string; places: number; grant: () => void };

export class Turns {
  readonly capacity: number;
  readonly #clock: Clock;
  readonly #usualTurnMs: number;
  readonly #onPressure: () => void;
  readonly #held = new Map<string, number>();
  readonly #queue: Waiting[] = [];
  /** When places became free, oldest first. */
  readonly #freedAtMs: number[] = [];

  /**
   * @param usualTurnMs how long a place is held, as long as nothing better is known
   * @param onPressure somebody waits: whoever can spare a place gives it back
   */
  constructor(options: { capacity: number; clock: Clock; usualTurnMs: number; onPressure: () => void }) {
    this.capacity = options.capacity;
    this.#clock = options.clock;
    this.#usualTurnMs = options.usualTurnMs;
    this.#onPressure = options.onPressure;
  }

  get used(): number {
    return [...this.#held.values()].reduce((sum, places) => sum + places, 0);
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** Calls `grant` when there is room: at once if nobody waits, else in the order of asking. */
  request(id: string, places: number, grant: () => void): void {
    if (this.#held.has(id)) return grant();
    this.#queue.push({ id, places, grant });
    this.#advance();
  }

  /** A place that nobody waits for, or false. */
  tryHold(id: string): boolean {
    if (this.#queue.length > 0 || this.used >= this.capacity) return false;
    this.#held.set(id, 1);
    return true;
  }

  /** Counts machines that run already, even beyond the capacity: they were awake when we came. */
  hold(id: string, places: number): void {
    this.#held.set(id, places);
  }

  holds(id: string): boolean {
    return this.#held.has(id);
  }

  /** Gives the places back, or the place in the queue. */
  release(id: string): void {
    const at = this.#queue.findIndex((waiting) => waiting.id === id);
    if (at >= 0) this.#queue.splice(at, 1);
    const places = this.#held.get(id) ?? 0;
    this.#held.delete(id);
    this.#noteFreed(places);
    this.#advance();
  }

  /** What `from` holds is held by `into` from now on. */
  join(from: string, into: string): void {
    const places = this.#held.get(from) ?? 0;
    this.#held.delete(from);
    this.#held.set(into, (this.#held.get(into) ?? 0) + places);
  }

  /** One of several places is not needed any more. */
  giveBack(id: string): void {
    const places = this.#held.get(id) ?? 0;
    if (places <= 1) return this.release(id);
    this.#held.set(id, places - 1);
    this.#noteFreed(1);
    this.#advance();
  }

  /** 1 is next; null for one who does not wait. */
  placeOf(id: string): number | null {
    const at = this.#queue.findIndex((waiting) => waiting.id === id);
    return at < 0 ? null : at + 1;
  }

  /** As the page shows it; null for one who does not wait. */
  queueOf(id: string): { place: number; waitSeconds: number } | null {
    const place = this.placeOf(id);
    return place === null ? null : { place, waitSeconds: Math.ceil(this.waitMs(place) / 1000) };
  }

  waitMs(place: number): number {
    const first = this.#freedAtMs[0];
    const elapsedMs = first === undefined ? 0 : this.#clock.now().getTime() - first;
    const betweenMs =
      elapsedMs > 0 ? elapsedMs / this.#freedAtMs.length : this.#usualTurnMs / Math.max(1, this.capacity);
    return Math.min(place * betweenMs, WAIT_MAX_MS);
  }

  #noteFreed(places: number): void {
    for (let place = 0; place < places; place++) this.#freedAtMs.push(this.#clock.now().getTime());
    this.#freedAtMs.splice(0, Math.max(0, this.#freedAtMs.length - REMEMBERED));
  }

  #advance(): void {
    for (;;) {
      const next = this.#queue[0];
      if (!next) return;
      // One that needs more than there ever is gets its turn when it is alone.
      const fits = this.used + next.places <= this.capacity || this.used === 0;
      if (!fits) return this.#onPressure();
      this.#queue.shift();
      this.#held.set(next.id, next.places);
      next.grant();
    }
  }
}
