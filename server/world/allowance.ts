/** How much a machine may make us read: a tenant who sends more waits, and costs the others nothing. */
import type { Clock } from '../lib/clock.ts';

export class Allowance {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #perSecond: number;
  #left: number;
  #countedAtMs: number;

  /** @param limits `most`: what may come at once; `perSecond`: what comes back to it. */
  constructor(clock: Clock, limits: { most: number; perSecond: number }) {
    this.#clock = clock;
    this.#most = limits.most;
    this.#perSecond = limits.perSecond;
    this.#left = limits.most;
    this.#countedAtMs = clock.now().getTime();
  }

  /** Resolves at once while there is enough left, else when what was taken too much has come back. */
  async take(amount: number): Promise<void> {
    const nowMs = this.#clock.now().getTime();
    const returned = ((nowMs - this.#countedAtMs) / 1000) * this.#perSecond;
    this.#left = Math.min(this.#most, this.#left + returned) - amount;
    this.#countedAtMs = nowMs;
    if (this.#left >= 0) return;
    const waitMs = (-this.#left / this.#perSecond) * 1000;
    await new Promise<void>((resolve) => void this.#clock.after(waitMs, resolve));
  }
}
