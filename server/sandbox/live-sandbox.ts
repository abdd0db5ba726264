/** One sandbox as the rooms above hold it: its state, who is present, and those who wait until it is ready. */
import type { MachineLimits, MachineRef, MachineUsage } from '../engine/contract.ts';
import type { LessonKey } from '../protocol/ids.ts';
import type { MachineView, SandboxState, SandboxView } from '../protocol/sandbox.ts';
import type { MachineRow, SandboxRecord } from '../store/contract.ts';
import { SandboxError, type Sandbox } from './contract.ts';
import { nextLife, type Life, type LifeEvent } from './life.ts';
import { FINE, type Levels } from './notices.ts';

export type MachinePlan = MachineRow;

/** What the house does when something happens to a sandbox. */
export type SandboxHooks = {
  changed(sandbox: LiveSandbox): void;
  /** Somebody wants it awake. */
  wanted(sandbox: LiveSandbox): void;
  /** The first one came, or the last one left. */
  presence(sandbox: LiveSandbox): void;
  queue(sandbox: LiveSandbox): SandboxView['queue'];
};

export class LiveSandbox implements Sandbox {
  readonly id: string;
  readonly lesson: LessonKey | null;
  readonly createdAt: Date;
  readonly seed: string;
  readonly up = new Map<string, MachineRef>();
  /** Machines that exist, up or not. */
  readonly known = new Map<string, MachineRef>();
  readonly usage = new Map<string, MachineUsage>();
  readonly levels = new Map<string, Levels>();
  /** Machines that are being added, and where they stand in the queue; in the plan once they are there. */
  readonly coming = new Map<string, { queue: () => SandboxView['queue'] }>();
  /** Machines of the plan that are being taken away. */
  readonly going = new Set<string>();
  /** The generation of each machine that was taken away: one that comes in its place must not be taken for it. */
  readonly gone = new Map<string, number>();
  userId: string;
  /** Machines as they should be; the generation rises when one is made anew. */
  plan: MachinePlan[];
  /** False until its machines have been made and its files laid once. */
  isMade: boolean;
  /** False until the store has it. */
  isStored: boolean;
  lastSeenAt: Date;
  keptUntil: Date;
  /** When one of its machines last died by itself. */
  diedAtMs: number | null = null;
  readonly #limits: MachineLimits;
  readonly #hooks: SandboxHooks;
  readonly #waiting = new Set<(life: Life) => void>();
  #life: Life;
  #present = 0;

  constructor(
    record: SandboxRecord,
    options: { life: Life; isMade: boolean; isStored: boolean; limits: MachineLimits },
    hooks: SandboxHooks,
  ) {
    this.id = record.id;
    this.userId = record.userId;
    this.lesson = record.lesson;
    this.createdAt = record.createdAt;
    this.seed = record.seed ?? record.id;
    this.lastSeenAt = record.lastSeenAt;
    this.keptUntil = record.keptUntil;
    this.plan = record.machines;
    this.isMade = options.isMade;
    this.isStored = options.isStored;
    this.#life = options.life;
    this.#limits = options.limits;
    this.#hooks = hooks;
  }

  get state(): SandboxState {
    return this.#life.state;
  }

  get machines(): ReadonlyMap<string, MachineRef> {
    return this.up;
  }

  get isPresent(): boolean {
    return this.#present > 0;
  }

  /** @returns false where the event does not apply any more. */
  apply(event: LifeEvent): boolean {
    const next = nextLife(this.#life, event);
    if (next === this.#life) return false;
    this.#life = next;
    this.#hooks.changed(this);
    for (const tell of Array.from(this.#waiting)) tell(next);
    return true;
  }

  view(): SandboxView {
    const life = this.#life;
    return {
      id: this.id,
      lesson: this.lesson,
      state: life.state,
      queue: life.state === 'queued' ? this.#hooks.queue(this) : null,
      preparing:
        life.state === 'preparing' ? { stage: life.stage, done: life.done, total: life.total } : null,
      machines: this.#machineViews(),
      // How far the learner is belongs to progress, which the gateway knows.
      step: null,
      createdAt: this.createdAt.toISOString(),
      keptUntil: this.keptUntil.toISOString(),
    };
  }

  #machineViews(): MachineView[] {
    const there = this.plan.map(({ name }): MachineView => {
      const usage = this.usage.get(name);
      return {
        name,
        memoryBytes: usage?.memoryBytes ?? 0,
        memoryLimitBytes: this.#limits.memoryBytes,
        diskBytes: usage?.diskBytes ?? 0,
        diskLimitBytes: this.#limits.diskBytes,
        ...(this.going.has(name) && { change: { what: 'removing' as const } }),
      };
    });
    const coming = Array.from(this.coming, ([name, { queue }]): MachineView => {
      const waits = queue();
      const change = waits ? { what: 'queued' as const, ...waits } : { what: 'making' as const };
      const { memoryBytes: memoryLimitBytes, diskBytes: diskLimitBytes } = this.#limits;
      return { name, memoryBytes: 0, memoryLimitBytes, diskBytes: 0, diskLimitBytes, change };
    });
    return [...there, ...coming];
  }

  enter(): Disposable {
    if (++this.#present === 1) this.#hooks.presence(this);
    if (this.#life.state === 'asleep') this.#hooks.wanted(this);
    let left = false;
    return {
      [Symbol.dispose]: () => {
        if (left) return;
        left = true;
        if (--this.#present === 0) this.#hooks.presence(this);
      },
    };
  }

  async ready(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#life.state === 'asleep') this.#hooks.wanted(this);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const tell = (life: Life) => {
      if (life.state === 'ready') resolve();
      if (life.state === 'closed') reject(new SandboxError('sandbox_closed', 'The sandbox is closed.'));
      if (life.state === 'asleep')
        reject(new SandboxError('sandbox_not_ready', 'The machine could not be started. Try again.'));
    };
    const onAbort = () => reject(signal?.reason);
    this.#waiting.add(tell);
    signal?.addEventListener('abort', onAbort);
    try {
      tell(this.#life);
      await promise;
    } finally {
      this.#waiting.delete(tell);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** What the next life of its machines begins with is not there yet. */
  get isRewinding(): boolean {
    return this.plan.some(({ from }) => from !== undefined);
  }

  levelsOf(machine: string): Levels {
    return this.levels.get(machine) ?? FINE;
  }
}
