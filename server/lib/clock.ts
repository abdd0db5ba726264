/** Time as a part that can be handed in, so that tests turn it by hand. */
export type Timer = { cancel(): void };

export interface Clock {
  now(): Date;
  after(ms: number, run: () => void): Timer;
}

export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return { cancel: () => clearTimeout(timer) };
  },
};

/** A clock that stands still until `advance` is called. */
export class FakeClock implements Clock {
  #nowMs: number;
  #due: { atMs: number; run: () => void }[] = [];

  constructor(start = new Date('2030-01-01T00:00:00Z')) {
    this.#nowMs = start.getTime();
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  after(ms: number, run: () => void): Timer {
    const entry = { atMs: this.#nowMs + ms, run };
    this.#due.push(entry);
    return { cancel: () => void (this.#due = this.#due.filter((other) => other !== entry)) };
  }

  /** Runs what falls due on the way, in order, letting promises settle after each. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const next = this.#due.filter((entry) => entry.atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.#due = this.#due.filter((entry) => entry !== next);
      this.#nowMs = next.atMs;
      next.run();
      await new Promise((settled) => setImmediate(settled));
    }
    this.#nowMs = endMs;
    await new Promise((settled) => setImmediate(settled));
  }
}
