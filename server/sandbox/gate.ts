/** Lets so many machines be started at once; others wait in order. Starting a machine is work for the processor. */
export class Gate {
  readonly #size: number;
  readonly #waiting: { places: number; enter: () => void }[] = [];
  #free: number;

  constructor(size: number) {
    this.#size = size;
    this.#free = size;
  }

  /** @param places as many as machines are started; who needs more than there are goes alone. */
  async run<Value>(work: () => Promise<Value>, places = 1): Promise<Value> {
    const taken = Math.min(places, this.#size);
    await new Promise<void>((enter) => {
      this.#waiting.push({ places: taken, enter });
      this.#advance();
    });
    try {
      return await work();
    } finally {
      this.#free += taken;
      this.#advance();
    }
  }

  /** Whoever is next goes first, even where a later one would fit: else the largest would wait for ever. */
  #advance(): void {
    for (let next = this.#waiting[0]; next && next.places <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= next.places;
      next.enter();
    }
  }
}
