/** Joins callers who ask for the same key while it is under way, so that the work is done once. */
export class SingleFlight<Value> {
  readonly #underWay = new Map<string, Promise<Value>>();

  run(key: string, work: () => Promise<Value>): Promise<Value> {
    const running = this.#underWay.get(key);
    if (running) return running;
    const promise = work().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, promise);
    return promise;
  }
}
