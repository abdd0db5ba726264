/** Lets so many pieces of work run at once; the others wait in the order in which they came, the urgent ones before the rest. */
export class Limit {
  #free: number;
  readonly #urgent: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#free = most;
  }

  async run<Value>(work: () => Promise<Value>, urgent = false): Promise<Value> {
    if (this.#free > 0) this.#free--;
    // Whoever ends hands the place on: it is never free in between.
    else await new Promise<void>((resolve) => (urgent ? this.#urgent : this.#waiting).push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#urgent.shift() ?? this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
