/** What is done by the clock: usage of machines that somebody looks at, and a round through the house every minute. */
import type { Engine, MachineRef, MachineUsage } from '../engine/contract.ts';
import type { Clock, Timer } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Notice } from '../protocol/feed.ts';
import { Gate } from './gate.ts';
import type { LiveSandbox } from './live-sandbox.ts';
import { noticesFor } from './notices.ts';

const USAGE_EVERY_MS = 5_000;
const MEASURED_AT_ONCE = 4;
const ROUND_EVERY_MS = 60_000;
const REAP_EVERY_ROUNDS = 10;
/** Smaller changes are not worth a message to every page. */
const MEMORY_STEP_BYTES = 2 * 1024 * 1024;
const DISK_STEP_BYTES = 256 * 1024;

export type HousekeepingOptions = {
  engine: Engine;
  clock: Clock;
  log: Log;
  all: () => Iterable<LiveSandbox>;
  /** What is measured, with what is kept of the machine counted too. */
  weigh: (sandbox: LiveSandbox, usage: MachineUsage, ref: MachineRef) => Promise<MachineUsage>;
  notice: (sandbox: LiveSandbox, notice: Notice, machine: string) => void;
  changed: (sandbox: LiveSandbox) => void;
  everyMinute: () => void;
  reap: () => Promise<unknown>;
};

export class Housekeeping {
  readonly #options: HousekeepingOptions;
  readonly #gate = new Gate(MEASURED_AT_ONCE);
  #timers: Timer[] = [];
  #rounds = 0;
  readonly #work = new Set<Promise<void>>();
  #isClosed = false;

  constructor(options: HousekeepingOptions) {
    this.#options = options;
  }

  start(): void {
    this.#repeat(USAGE_EVERY_MS, () => this.#measureAll());
    this.#repeat(ROUND_EVERY_MS, () => this.#round());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) timer.cancel();
    await Promise.all(this.#work);
  }

  /** The next time counts from the end of this one: slow work does not pile up. */
  #repeat(everyMs: number, work: () => Promise<void>): void {
    if (this.#isClosed) return;
    const timer = this.#options.clock.after(everyMs, () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
      const running = work()
        .catch((error: unknown) => this.#options.log.warn('housekeeping failed', { error }))
        .finally(() => {
          this.#work.delete(running);
          this.#repeat(everyMs, work);
        });
      this.#work.add(running);
    });
    this.#timers.push(timer);
  }

  async #round(): Promise<void> {
    this.#options.everyMinute();
    if (++this.#rounds % REAP_EVERY_ROUNDS === 0) await this.#options.reap();
  }

  /** Only machines that somebody looks at, each once, however many look. */
  async #measureAll(): Promise<void> {
    const seen = [...this.#options.all()].filter((sandbox) => sandbox.isPresent && sandbox.state === 'ready');
    await Promise.all(seen.map((sandbox) => this.#gate.run(() => this.#measure(sandbox))));
  }

  async #measure(sandbox: LiveSandbox): Promise<void> {
    let isWorthTelling = false;
    for (const ref of Array.from(sandbox.up.values()))
      isWorthTelling = (await this.#measureOne(sandbox, ref)) || isWorthTelling;
    if (isWorthTelling && sandbox.state === 'ready') this.#options.changed(sandbox);
  }

  async #measureOne(sandbox: LiveSandbox, ref: MachineRef): Promise<boolean> {
    const { engine, weigh, log } = this.#options;
    const usage = await engine
      .usage(ref)
      .then((measured) => weigh(sandbox, measured, ref))
      .catch((error: unknown) => {
        log.debug('a machine could not be measured', { sandbox: sandbox.id, error });
        return null;
      });
    if (!usage || sandbox.up.get(ref.machine) !== ref) return false;
    const before = sandbox.usage.get(ref.machine);
    const { levels, notices } = noticesFor(sandbox.levelsOf(ref.machine), usage);
    sandbox.usage.set(ref.machine, usage);
    sandbox.levels.set(ref.machine, levels);
    for (const notice of notices) this.#options.notice(sandbox, notice, ref.machine);
    return (
      !before ||
      Math.abs(usage.memoryBytes - before.memoryBytes) >= MEMORY_STEP_BYTES ||
      Math.abs(usage.diskBytes - before.diskBytes) >= DISK_STEP_BYTES
    );
  }
}
