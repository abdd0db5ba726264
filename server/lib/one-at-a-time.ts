/** Runs work as often as asked, never twice at once; who asks while it runs gets one more run. */
export class OneAtATime {
  readonly #work: () => Promise<void>;
  #asked = false;
  #running: Promise<void> | null = null;
  onFailure: (error: Error) => void = () => {};

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  start(): void {
    this.#asked = true;
    this.#running ??= this.#run();
  }

  get ended(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  async #run(): Promise<void> {
    try {
      while (this.#asked) {
        this.#asked = false;
        await this.#work();
      }
    } catch (error) {
      this.onFailure(error as Error);
    } finally {
      this.#running = null;
    }
  }
}
