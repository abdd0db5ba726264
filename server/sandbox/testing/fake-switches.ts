/** What a test does to a fake's verbs: let the next call fail, make calls wait, read what was called. */
export class FakeSwitches {
  /** Every call so far, `verb what`, in order. */
  readonly calls: string[] = [];
  readonly #failures = new Map<string, Error[]>();
  readonly #gates = new Map<string, { promise: Promise<void>; release: () => void }>();

  /** The next `times` calls of `verb` reject with `error`. */
  fail(verb: string, error: Error, times = 1): void {
    const waiting = this.#failures.get(verb) ?? [];
    this.#failures.set(verb, [...waiting, ...Array.from({ length: times }, () => error)]);
  }

  /** Calls of `verb` wait from now on, until the returned function is called. */
  hold(verb: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    const release = () => {
      if (this.#gates.get(verb)?.promise === promise) this.#gates.delete(verb);
      resolve();
    };
    this.#gates.set(verb, { promise, release });
    return release;
  }

  /** How often `verb` was called. */
  count(verb: string): number {
    return this.calls.filter((call) => call.split(' ')[0] === verb).length;
  }

  /** Called by the fake at the start of each verb. */
  async pass(verb: string, what: string): Promise<void> {
    this.calls.push(`${verb} ${what}`.trim());
    await this.#gates.get(verb)?.promise;
    const failure = this.#failures.get(verb)?.shift();
    if (failure) throw failure;
  }
}
