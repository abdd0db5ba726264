/** Keeps the machines of sandboxes as they are, begins them anew with what was kept, and bounds what all that costs. */
import {
  EngineError,
  type Engine,
  type MachineRef,
  type MachineUsage,
  type SnapshotKey,
} from '../engine/contract.ts';
import {
  NOBODY,
  SandboxError,
  type Beginning,
  type Hold,
  type Past,
  type Sandbox,
  type SandboxEvent,
  type SandboxPlan,
} from './contract.ts';
import type { JobList } from './job-list.ts';
import { heldBytes, withDropped, withTaken, writableBytes } from './kept-disk.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { LiveSandbox, MachinePlan } from './live-sandbox.ts';
import { machinesOf, type NewSandbox } from './new-sandbox.ts';
import type { Register } from './register.ts';

/** The limit follows what is held in steps of this size. */
const LIMIT_STEP_BYTES = 1024 * 1024;
/** Share of the limit from which on what is kept has to give way: just before its learner is told of a disk almost full. */
const CROWDED = 0.84;
/** Removing snapshots that hold less would free nothing worth it. */
const WORTH_BYTES = 4 * 1024 * 1024;

type Whole = { ref: MachineRef; machine: MachinePlan };

export type PastOptions = {
  engine: Engine;
  register: Register;
  jobs: JobList;
  lifecycle: Lifecycle;
  /** Refuses one sandbox too many of this user; NOBODY is never refused. */
  admit: (userId: string) => void;
  /** Registers a new sandbox and sets out to make it ready. */
  begin: (sandbox: NewSandbox, plan: SandboxPlan | null) => Promise<Sandbox>;
  isPossible: boolean;
  emit: (event: SandboxEvent) => void;
};

export class SandboxPast implements Past {
  readonly #options: PastOptions;
  /** What machines may write now, where that was set anew; by the life that it was set for. */
  readonly #limited = new WeakMap<MachineRef, number>();

  constructor(options: PastOptions) {
    this.#options = options;
  }

  get isPossible(): boolean {
    return this.#options.isPossible;
  }

  async keep(id: string, name: string, { as = id }: { as?: string } = {}): Promise<void> {
    const { register, jobs, lifecycle } = this.#options;
    const sandbox = register.need(id);
    // Now already: nobody waits for minutes in the line of its jobs to be refused in the end.
    this.#whole(sandbox);
    await jobs.do(id, async () => {
      const machines = this.#whole(sandbox);
      const taken = await this.#takeAll(machines, { sandbox: as, name });
      if (as === id) for (const { machine, use } of taken) machine.kept = withTaken(machine.kept, use);
      lifecycle.save(sandbox);
    });
  }

  /** Of all or of none: some of the machines are no state of the sandbox. */
  async #takeAll(machines: readonly Whole[], { sandbox, name }: SnapshotKey) {
    const { engine } = this.#options;
    const outcomes = await Promise.allSettled(
      machines.map(async ({ ref, machine }) => ({
        machine,
        use: await engine.takeSnapshot(ref, name, { sandbox }),
      })),
    );
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (!failed) return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
    for (const { ref } of machines) await engine.removeSnapshot(sandbox, ref.machine, name);
    throw failed.reason;
  }

  async kept(id: string): Promise<Map<string, number>> {
    const sums = new Map<string, number>();
    for (const { name, ownBytes } of await this.#options.engine.snapshots(id))
      sums.set(name, (sums.get(name) ?? 0) + ownBytes);
    return sums;
  }

  drop(id: string, name: string): Promise<void> {
    const { register, jobs, engine, lifecycle } = this.#options;
    return jobs.do(id, async () => {
      const sandbox = register.get(id);
      const own = (await engine.snapshots(id)).filter((snapshot) => snapshot.name === name);
      for (const { machine, ownBytes } of own) {
        await engine.removeSnapshot(id, machine, name);
        const plan = sandbox?.plan.find((one) => one.name === machine);
        if (plan) plan.kept = withDropped(plan.kept, ownBytes);
      }
      // Nothing is held any more, whatever we counted.
      const left = new Set((await engine.snapshots(id)).map(({ machine }) => machine));
      for (const plan of sandbox?.plan ?? []) if (!left.has(plan.name)) delete plan.kept;
      if (sandbox) lifecycle.save(sandbox);
    });
  }

  async rewind(id: string, from: Beginning): Promise<void> {
    const sandbox = this.#options.register.need(id);
    await this.#demandAll(sandbox, from);
    const isHeld = sandbox.view().preparing?.stage === 'replaying';
    if (!isHeld) this.#demandWhole(sandbox);
    for (const machine of sandbox.plan) {
      machine.generation++;
      machine.from = from.get(machine.name);
      sandbox.known.delete(machine.name);
    }
    await this.#options.lifecycle.rewind(sandbox);
  }

  async fork(id: string, from: Beginning): Promise<Sandbox> {
    const { register, admit, begin } = this.#options;
    const first = register.need(id);
    await this.#demandAll(first, from);
    admit(first.userId);
    const machines = first.plan.map(({ name, kind, images }): MachinePlan => ({
      name,
      generation: 1,
      images,
      ...(kind && { kind }),
      from: from.get(name),
    }));
    const { userId, lesson, seed } = first;
    return begin({ id: register.newId(), userId, lesson, machines, seed }, null);
  }

  hold(id: string): Hold {
    const { register, lifecycle } = this.#options;
    const sandbox = register.need(id);
    if (!sandbox.apply({ type: 'rewound', stage: 'replaying' })) throw notReady();
    const isHeld = () => sandbox.view().preparing?.stage === 'replaying';
    return {
      report(done, total) {
        if (isHeld()) sandbox.apply({ type: 'stage', stage: 'replaying', done, total });
      },
      [Symbol.dispose]() {
        if (isHeld()) lifecycle.resume(sandbox);
      },
    };
  }

  build(plan: SandboxPlan): Promise<Sandbox> {
    const { register, begin } = this.#options;
    const machines = machinesOf(plan);
    return begin({ id: register.newId(), userId: NOBODY, lesson: null, machines }, plan);
  }

  forget(owner: string): Promise<void> {
    return this.#options.engine.removeNetwork(owner);
  }

  /** Counts what is kept of a machine to its disk, and lets it write that much less. */
  async weigh(sandbox: LiveSandbox, usage: MachineUsage, ref: MachineRef): Promise<MachineUsage> {
    const machine = sandbox.plan.find(({ name }) => name === ref.machine);
    const held = heldBytes(machine?.kept, usage);
    const writable = writableBytes(usage.diskLimitBytes, held);
    const before = this.#limited.get(ref);
    // Not known yet: an earlier server may have set it.
    const differs = before === undefined ? machine?.kept : Math.abs(writable - before) >= LIMIT_STEP_BYTES;
    if (usage.diskLimitBytes > 0 && differs) {
      await this.#options.engine.limitDisk(ref, writable);
      this.#limited.set(ref, writable);
    }
    const diskBytes = usage.diskBytes + held;
    if (held >= WORTH_BYTES && diskBytes >= usage.diskLimitBytes * CROWDED)
      this.#options.emit({ type: 'crowded', sandbox, machine: ref.machine });
    return { ...usage, diskBytes };
  }

  /** @throws SandboxError where the machines were others, or what was kept of one is gone */
  async #demandAll({ plan }: LiveSandbox, from: Beginning): Promise<void> {
    const now = plan.map(({ name }) => name).join(', ');
    const then = [...from.keys()].join(', ');
    if (now !== then)
      throw new SandboxError(
        'not_found',
        `This was kept of ${then}; now there are ${now}. Nothing was changed.`,
      );
    for (const [machine, { sandbox, name }] of from) {
      const there = await this.#options.engine.snapshots(sandbox);
      if (!there.some((one) => one.machine === machine && one.name === name))
        throw new SandboxError('not_found', `What was kept of ${machine} is gone. Nothing was changed.`);
    }
  }

  #demandWhole(sandbox: LiveSandbox): void {
    const isAsleep = sandbox.state === 'asleep' && sandbox.isMade;
    if (sandbox.state !== 'ready' && !isAsleep) throw notReady();
  }

  #whole(sandbox: LiveSandbox): Whole[] {
    this.#demandWhole(sandbox);
    return sandbox.plan.map((machine) => {
      const ref = sandbox.known.get(machine.name);
      if (!ref || machine.from) throw notReady();
      return { ref, machine };
    });
  }
}

function notReady(): SandboxError {
  return new SandboxError('sandbox_not_ready', 'The machines are not ready. Wait a moment and try again.');
}

/** True where the pool can keep disks as they were. */
export async function keepsDisks(engine: Engine): Promise<boolean> {
  try {
    return (await engine.describe()).snapshots;
  } catch (error) {
    if (error instanceof EngineError) return false;
    throw error;
  }
}
