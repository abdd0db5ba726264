/**
 * Decides the one size of a shell's screen: that of the interactive viewer that typed last, since that is the one being
 * looked at. The smallest of all would let a forgotten window shrink everybody's; the others draw at the size they are told.
 */
import type { Clock, Timer } from '../lib/clock.ts';
import type { ScreenSize } from './holder-link.ts';

/** A window that is being dragged sends a new size with each frame; the shell redraws at most this often. */
const RESIZE_EVERY_MS = 50;

type Voter = { size: ScreenSize };

export class Screen {
  readonly #clock: Clock;
  readonly #apply: (size: ScreenSize) => void;
  /** Who typed last stands last. */
  readonly #voters: Voter[] = [];
  #size: ScreenSize;
  #pause: Timer | null = null;

  constructor(options: { size: ScreenSize; clock: Clock; apply: (size: ScreenSize) => void }) {
    this.#clock = options.clock;
    this.#apply = options.apply;
    this.#size = options.size;
  }

  /** The size that holds now. */
  get size(): ScreenSize {
    return this.#size;
  }

  join(voter: Voter): void {
    this.#voters.unshift(voter);
    this.changed();
  }

  leave(voter: Voter): void {
    const index = this.#voters.indexOf(voter);
    if (index !== -1) this.#voters.splice(index, 1);
    this.changed();
  }

  /** Before its input reaches the shell, the shell must have the size that this viewer sees. */
  typed(voter: Voter): void {
    if (this.#voters.at(-1) === voter) return;
    this.#voters.splice(this.#voters.indexOf(voter), 1);
    this.#voters.push(voter);
    this.#settle();
  }

  /** Some voter's size may have changed. */
  changed(): void {
    if (this.#pause) return;
    this.#settle();
  }

  stop(): void {
    this.#pause?.cancel();
    this.#pause = null;
  }

  #settle(): void {
    const wanted = this.#voters.at(-1)?.size;
    if (!wanted || (wanted.cols === this.#size.cols && wanted.rows === this.#size.rows)) return;
    this.#size = { ...wanted };
    this.#apply(this.#size);
    this.#pause?.cancel();
    this.#pause = this.#clock.after(RESIZE_EVERY_MS, () => {
      this.#pause = null;
      this.#settle();
    });
  }
}
