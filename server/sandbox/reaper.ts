/** Removes from the engine what no live sandbox owns, after a crash too. It trusts labels and names only. */
import type { Engine, MachineRef } from '../engine/contract.ts';
import type { Log } from '../lib/log.ts';
import { SingleFlight } from '../lib/single-flight.ts';

export type Owners = {
  ownsSandbox(sandbox: string): boolean;
  /** False for a machine of an owned sandbox that has been replaced. */
  ownsMachine(ref: MachineRef): boolean;
};

export class Reaper {
  readonly #engine: Engine;
  readonly #owners: Owners;
  readonly #log: Log;
  readonly #flight = new SingleFlight<number>();

  constructor(engine: Engine, owners: Owners, log: Log) {
    this.#engine = engine;
    this.#owners = owners;
    this.#log = log;
  }

  /** @returns how many things were removed. */
  reap(): Promise<number> {
    return this.#flight.run('reap', () => this.#reap());
  }

  async #reap(): Promise<number> {
    let removed = 0;
    const remove = async (what: string, work: () => Promise<void>) => {
      try {
        await work();
        removed++;
        this.#log.info('removed what nobody owns', { what });
      } catch (error) {
        this.#log.warn('could not remove what nobody owns; the next round tries again', { what, error });
      }
    };
    // Ownership is asked right before each removal: a machine may have found its owner meanwhile.
    for (const { ref } of await this.#engine.machines())
      if (!this.#owners.ownsMachine(ref))
        await remove(`${ref.machine} of ${ref.sandbox}`, () => this.#engine.removeMachine(ref));
    for (const sandbox of await this.#engine.remains())
      if (!this.#owners.ownsSandbox(sandbox))
        await remove(sandbox, () => this.#engine.removeNetwork(sandbox));
    return removed;
  }
}
