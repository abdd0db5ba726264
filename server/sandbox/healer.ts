/** Watches for machines that stop by themselves. */
import type { Engine, EngineChange, MachineRef } from '../engine/contract.ts';
import type { Clock, Timer } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { LiveSandbox } from './live-sandbox.ts';

const LOOK_AGAIN_MS = 500;
const LOOKS_MAX = 10;

export type HealerOptions = {
  engine: Engine;
  clock: Clock;
  log: Log;
  all: () => Iterable<LiveSandbox>;
  heal: (sandbox: LiveSandbox, ref: MachineRef, outOfMemory: boolean) => void;
  warm: () => Iterable<MachineRef>;
  lostWarm: (sandbox: string) => void;
};

export class Healer {
  readonly #options: HealerOptions;
  readonly #stop = new AbortController();
  readonly #timers = new Set<Timer>();
  #watching: Promise<void> = Promise.resolve();

  constructor(options: HealerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#watching = this.#watch();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    for (const timer of this.#timers) timer.cancel();
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

  async #onChange(change: EngineChange): Promise<void> {
    if (change.type === 'started') return;
    if (await this.#look(change)) return;
    // Docker tells of a death a moment before its own list shows it.
    if (change.type === 'stopped') this.#lookAgain(change, LOOKS_MAX);
  }

  #lookAgain(change: EngineChange, looks: number): void {
    if (looks === 0 || this.#stop.signal.aborted) return;
    const timer = this.#options.clock.after(LOOK_AGAIN_MS, () => {
      this.#timers.delete(timer);
      void this.#lookOnce(change, looks);
    });
    this.#timers.add(timer);
  }

  async #lookOnce(change: EngineChange, looks: number): Promise<void> {
    try {
      if (!(await this.#look(change))) this.#lookAgain(change, looks - 1);
    } catch (error) {
      this.#options.log.warn('could not look after a machine', { error });
    }
  }

  /**
   * News can be old by the time they arrive: only what the engine says now counts.
   * @returns false where the engine still says that a machine runs of which we heard that it stopped
   */
  async #look(change: EngineChange): Promise<boolean> {
    const awake = [...this.#options.all()].flatMap((sandbox) =>
      sandbox.state === 'ready' ? [...sandbox.up.values()].map((ref) => ({ sandbox, ref })) : [],
    );
    const concerned = (ref: MachineRef) => !('ref' in change) || nameOf(ref) === nameOf(change.ref);
    const learners = awake.filter(({ ref }) => concerned(ref));
    const warm = [...this.#options.warm()].filter(concerned);
    if (learners.length === 0 && warm.length === 0) return true;
    const records = await this.#options.engine.machines();
    const running = new Set(records.filter(({ running }) => running).map(({ ref }) => nameOf(ref)));
    const outOfMemory = change.type === 'stopped' && change.outOfMemory;
    const dead = learners.filter(({ ref }) => !running.has(nameOf(ref)));
    const deadWarm = warm.filter((ref) => !running.has(nameOf(ref)));
    for (const { sandbox, ref } of dead) this.#options.heal(sandbox, ref, outOfMemory);
    for (const { sandbox } of deadWarm) this.#options.lostWarm(sandbox);
    return dead.length + deadWarm.length > 0 || change.type === 'machines';
  }
}

function nameOf(ref: MachineRef): string {
  return `${ref.node}/${ref.sandbox}/${ref.machine}/${ref.generation}`;
}
