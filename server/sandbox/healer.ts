/** Watches for machines that stop by themselves. */
import type { Engine, EngineChange, MachineRef } from '../engine/contract.ts';
import type { Log } from '../lib/log.ts';
import type { LiveSandbox } from './live-sandbox.ts';

export type HealerOptions = {
  engine: Engine;
  log: Log;
  all: () => Iterable<LiveSandbox>;
  heal: (sandbox: LiveSandbox, ref: MachineRef, outOfMemory: boolean) => void;
  warm: () => Iterable<MachineRef>;
  lostWarm: (sandbox: string) => void;
};

export class Healer {
  readonly #options: HealerOptions;
  readonly #stop = new AbortController();
  #watching: Promise<void> = Promise.resolve();

  constructor(options: HealerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#watching = this.#watch();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const { engine, log } = this.#options;
    for await (const change of engine.watch(this.#stop.signal)) {
      try {
        await this.#onChange(change);
      } catch (error) {
        log.warn('could not look after a machine; the next change tries again', { error });
      }
    }
  }

  /** News can be old by the time they arrive: only what the engine says now counts. */
  async #onChange(change: EngineChange): Promise<void> {
    if (change.type === 'started') return;
    const awake = [...this.#options.all()].flatMap((sandbox) =>
      sandbox.state === 'ready' ? [...sandbox.up.values()].map((ref) => ({ sandbox, ref })) : [],
    );
    const warm = [...this.#options.warm()];
    const concerned = (ref: MachineRef) => change.type === 'machines' || nameOf(ref) === nameOf(change.ref);
    if (![...awake.map(({ ref }) => ref), ...warm].some(concerned)) return;
    const records = await this.#options.engine.machines();
    const running = new Set(records.filter(({ running }) => running).map(({ ref }) => nameOf(ref)));
    const outOfMemory = change.type === 'stopped' && change.outOfMemory;
    for (const { sandbox, ref } of awake)
      if (concerned(ref) && !running.has(nameOf(ref))) this.#options.heal(sandbox, ref, outOfMemory);
    for (const ref of warm)
      if (concerned(ref) && !running.has(nameOf(ref))) this.#options.lostWarm(ref.sandbox);
  }
}

function nameOf(ref: MachineRef): string {
  return `${ref.node}/${ref.sandbox}/${ref.machine}/${ref.generation}`;
}
