/** Machines made ahead, so that opening a lesson only assigns one. Keyed by image set; what is asked for is refilled. */
import type { Engine, MachineLimits, MachineRef } from '../engine/contract.ts';
import type { Clock, Timer } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Ahead, WarmOrder } from './contract.ts';
import type { Gate } from './gate.ts';
import type { Turns } from './turns.ts';

/** The learner's first command comes first; then the next machine is made. */
const REFILL_AFTER_MS = 500;
const RETRY_AFTER_MS = 30_000;
/** Openings remembered to tell which image sets are worth a machine. */
const DEMAND_MAX = 20;

export type WarmMachine = { sandbox: string; ref: MachineRef; images: readonly string[] };

export type WarmPoolOptions = {
  engine: Engine;
  size: number;
  limits: MachineLimits;
  turns: Turns;
  gate: Gate;
  clock: Clock;
  log: Log;
  newId: () => string;
  /** Image sets to begin with, the likeliest first. */
  expected: readonly (readonly string[])[];
  tellReady: (sandbox: string, ref: MachineRef) => Promise<void>;
};

export class WarmPool implements Ahead {
  readonly #options: WarmPoolOptions;
  readonly #ready = new Map<string, WarmMachine>();
  /** Sandbox ids of machines that are being made or removed. */
  readonly #busy = new Map<string, string>();
  readonly #demand: string[][];
  /** What is ordered, beside the usual size; each machine that is taken fulfils one. */
  #orders: { key: string; images: string[]; count: number }[] = [];
  #timer: Timer | null = null;
  #work: Promise<void> | null = null;
  #isClosed = false;

  constructor(options: WarmPoolOptions) {
    this.#options = options;
    this.#demand = options.expected.slice(0, DEMAND_MAX).map((images) => images.toSorted());
  }

  get figures(): { ready: number; making: number } {
    return { ready: this.#ready.size, making: this.#busy.size };
  }

  readyWith(images: readonly string[]): number {
    const key = keyOf(images);
    return [...this.#ready.values()].filter((machine) => keyOf(machine.images) === key).length;
  }

  places(): { capacity: number; used: number } {
    const { capacity, used } = this.#options.turns;
    return { capacity, used: used - this.#ready.size - this.#busy.size };
  }

  /** What is not wanted any more stays until somebody needs its place. */
  order(orders: readonly WarmOrder[]): void {
    this.#orders = orders.map(({ images, count }) => ({
      key: keyOf(images),
      images: images.toSorted(),
      count,
    }));
    this.refillLater(0);
  }

  owns(sandbox: string): boolean {
    return this.#ready.has(sandbox) || this.#busy.has(sandbox);
  }

  /** A machine with just these images; its place in the capacity goes with it. */
  take(images: readonly string[]): WarmMachine | null {
    const key = keyOf(images);
    this.#demand.unshift(images.toSorted());
    this.#demand.splice(DEMAND_MAX);
    const warm = [...this.#ready.values()].find((machine) => keyOf(machine.images) === key) ?? null;
    if (warm) this.#ready.delete(warm.sandbox);
    const order = this.#orders.find((one) => one.key === key && one.count > 0);
    if (order) order.count--;
    this.refillLater(REFILL_AFTER_MS);
    return warm;
  }

  /** A warm machine died: it is of no use to anybody. */
  lost(sandbox: string): void {
    const machine = this.#ready.get(sandbox);
    if (!machine) return;
    this.#ready.delete(sandbox);
    void this.#remove(machine);
    this.refillLater(RETRY_AFTER_MS);
  }

  refs(): MachineRef[] {
    return [...this.#ready.values()].map(({ ref }) => ref);
  }

  /** Somebody waits for a place: the machine least likely to be asked for goes. False where there is none. */
  spare(): boolean {
    const machine = [...this.#ready.values()].at(-1);
    if (!machine) return false;
    this.#ready.delete(machine.sandbox);
    void this.#remove(machine);
    return true;
  }

  refillLater(ms: number): void {
    if (this.#timer || this.#isClosed) return;
    this.#timer = this.#options.clock.after(ms, () => {
      this.#timer = null;
      this.#work ??= this.#refill().finally(() => (this.#work = null));
    });
  }

  /** Machines stay; the next server's reaper finds them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#timer?.cancel();
    await this.#work;
  }

  async #refill(): Promise<void> {
    for (let images = this.#missing(); images && !this.#isClosed; images = this.#missing()) {
      const sandbox = this.#options.newId();
      this.#busy.set(sandbox, keyOf(images));
      if (!this.#options.turns.tryHold(sandbox)) return void this.#busy.delete(sandbox);
      try {
        const machine = await this.#options.gate.run(() => this.#make(sandbox, images!));
        this.#ready.set(sandbox, machine);
        this.#busy.delete(sandbox);
      } catch (error) {
        this.#options.log.warn('a machine could not be made ahead', { error });
        await this.#remove({ sandbox, images, ref: null });
        return this.refillLater(RETRY_AFTER_MS);
      }
    }
  }

  async #make(sandbox: string, images: readonly string[]): Promise<WarmMachine> {
    const { engine, limits, tellReady } = this.#options;
    await engine.prepareImages(images);
    await engine.createNetwork(sandbox);
    const ref = await engine.createMachine({ sandbox, machine: 'node1', generation: 1, images, limits });
    await tellReady(sandbox, ref);
    return { sandbox, ref, images };
  }

  async #remove(machine: {
    sandbox: string;
    images: readonly string[];
    ref: MachineRef | null;
  }): Promise<void> {
    const { engine, turns, log } = this.#options;
    const { sandbox, ref } = machine;
    this.#busy.set(sandbox, keyOf(machine.images));
    try {
      if (ref) await engine.removeMachine(ref);
      await engine.removeNetwork(sandbox);
    } catch (error) {
      log.warn('a spare machine stayed behind; the reaper will find it', { sandbox, error });
    } finally {
      this.#busy.delete(sandbox);
      turns.release(sandbox);
    }
  }

  /** The image set that is wanted most and not there yet; null when all are. */
  #missing(): string[] | null {
    const have = [...[...this.#ready.values()].map(({ images }) => keyOf(images)), ...this.#busy.values()];
    const ordered = this.#orders.flatMap(({ images, count }) => Array.from({ length: count }, () => images));
    const usual = wantedSets(this.#demand, this.#options.size);
    if (have.length >= ordered.length + usual.length) return null;
    for (const images of [...ordered, ...usual]) {
      const at = have.indexOf(keyOf(images));
      if (at < 0) return images;
      have.splice(at, 1);
    }
    return null;
  }
}

/** Which sets are worth a machine: each set asked for lately gets one before any gets two. */
export function wantedSets(demand: readonly string[][], size: number): string[][] {
  const sets = [...new Map(demand.map((images) => [keyOf(images), images])).values()];
  if (sets.length === 0) return [];
  return Array.from({ length: size }, (_, index) => sets[index % sets.length]!);
}

function keyOf(images: readonly string[]): string {
  return [...new Set(images)].toSorted().join('\n');
}
