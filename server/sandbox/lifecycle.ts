/** Carries sandboxes from state to state: asks for their turn, has their machines made, and tells what came of it. */
import type { MachineRef } from '../engine/contract.ts';
import { EngineError } from '../engine/contract.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { SandboxRecord, SandboxTable } from '../store/contract.ts';
import { NOBODY, type SandboxEvent } from './contract.ts';
import type { Gate } from './gate.ts';
import type { JobList } from './job-list.ts';
import type { LiveSandbox } from './live-sandbox.ts';
import type { MachineWork, StageReport } from './machine-work.ts';
import type { Turns } from './turns.ts';

/** A machine that dies again so soon is not restarted by itself a second time. */
const RESTART_AGAIN_AFTER_MS = 60_000;
/** One hiccup of the engine should not cost a learner a click. */
const ATTEMPTS = 2;

export type LifecycleOptions = {
  work: MachineWork;
  turns: Turns;
  gate: Gate;
  jobs: JobList;
  table: SandboxTable;
  clock: Clock;
  log: Log;
  emit: (event: SandboxEvent) => void;
  /** It is ready now; with nobody present it will go to sleep. */
  onReady: (sandbox: LiveSandbox) => void;
  /** Places in the queue have changed. */
  onQueue: () => void;
  /** Machines may be left that are nobody's any more. */
  reap: () => void;
};

export class Lifecycle {
  readonly #options: LifecycleOptions;

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  /** Writes a new sandbox down, then sets out to make it ready. Its machine may have been made ahead. */
  async begin(sandbox: LiveSandbox, warm: MachineRef | null): Promise<void> {
    if (sandbox.userId !== NOBODY) {
      await this.#options.table.create(recordOf(sandbox));
      sandbox.isStored = true;
    }
    if (sandbox.state === 'closed') return this.save(sandbox);
    if (warm) this.#options.jobs.run(sandbox.id, 'assign', () => this.#assign(sandbox, warm));
    else this.ask(sandbox);
  }

  /** Puts a queued sandbox into the queue; its machines are made or woken when its turn comes. */
  ask(sandbox: LiveSandbox): void {
    const { turns, jobs } = this.#options;
    turns.request(sandbox.id, sandbox.plan.length, () => {
      const stage = sandbox.isRewinding ? 'rewinding' : sandbox.isMade ? 'waking' : 'images';
      sandbox.apply({ type: 'turn', stage });
      jobs.run(sandbox.id, 'prepare', () => this.#prepare(sandbox));
      this.#options.onQueue();
    });
  }

  want(sandbox: LiveSandbox): void {
    if (sandbox.apply({ type: 'wanted' })) this.ask(sandbox);
  }

  /** Its machines end now and begin anew with what its plan says they come from. */
  async rewind(sandbox: LiveSandbox): Promise<void> {
    const { jobs, table } = this.#options;
    if (sandbox.state !== 'asleep') {
      // One that waits for the state to begin with is being prepared already.
      sandbox.apply({ type: 'rewound', stage: 'rewinding' });
      sandbox.apply({ type: 'stage', stage: 'rewinding', done: 0, total: sandbox.plan.length });
      this.#isDown(sandbox);
    }
    // On disk before anything is lost: whatever happens to us, the next server carries on.
    const { state, machines } = recordOf(sandbox);
    const written = jobs.do(`${sandbox.id} record`, () => table.update(sandbox.id, { state, machines }));
    if (sandbox.state === 'asleep') return written.then(() => this.want(sandbox));
    jobs.run(sandbox.id, 'rewind', async () => {
      await written.catch((error: unknown) => this.#giveUp(sandbox, error));
      await this.#prepare(sandbox);
    });
    await written;
  }

  /** What was held goes on as it was; machines that died meanwhile are started again. */
  resume(sandbox: LiveSandbox): void {
    this.#options.jobs.run(sandbox.id, 'resume', () => this.#prepare(sandbox));
  }

  sleep(sandbox: LiveSandbox): void {
    if (sandbox.state !== 'ready') return;
    this.#options.emit({ type: 'notice', sandbox, notice: 'going_to_sleep', machine: null });
    sandbox.apply({ type: 'slept' });
    this.#isDown(sandbox);
    this.stopAsleep(sandbox);
  }

  /** Sees to it that what is asleep does not run: after a crash of the server, or an engine that was away, it may. */
  stopAsleep(sandbox: LiveSandbox): void {
    this.save(sandbox);
    this.#options.jobs.run(sandbox.id, 'stop', async () => {
      // Somebody came back before we began: then it never slept.
      if (sandbox.state !== 'asleep') return;
      await this.#options.work.stop(sandbox);
      if (sandbox.state === 'asleep') this.#release(sandbox);
    });
  }

  /** @param onRemoved called when nothing is left of it. */
  async close(sandbox: LiveSandbox, onRemoved: () => void): Promise<void> {
    const { jobs, work, table, turns } = this.#options;
    if (!sandbox.apply({ type: 'closed' })) return;
    // Whoever only waits has nothing to be removed first: those behind move up now.
    if (turns.placeOf(sandbox.id) !== null) this.#release(sandbox);
    this.#isDown(sandbox);
    jobs.run(sandbox.id, 'remove', async () => {
      try {
        await work.remove(sandbox);
      } finally {
        this.#release(sandbox);
        onRemoved();
      }
    });
    if (sandbox.isStored) await table.update(sandbox.id, { state: 'closed' });
  }

  /** A machine stopped by itself: it is started again, once. */
  heal(sandbox: LiveSandbox, ref: MachineRef, outOfMemory: boolean): void {
    const { clock, emit, jobs, log, work } = this.#options;
    if (sandbox.state !== 'ready' || sandbox.up.get(ref.machine) !== ref) return;
    const nowMs = clock.now().getTime();
    const again = sandbox.diedAtMs !== null && nowMs - sandbox.diedAtMs < RESTART_AGAIN_AFTER_MS;
    sandbox.diedAtMs = nowMs;
    log.warn('a machine died', { sandbox: sandbox.id, machine: ref.machine, outOfMemory, again });
    if (outOfMemory) emit({ type: 'notice', sandbox, notice: 'memory_full', machine: ref.machine });
    if (again) return this.sleep(sandbox);
    sandbox.apply({ type: 'broke' });
    this.#isDown(sandbox);
    jobs.run(sandbox.id, 'heal', async () => {
      if (sandbox.state !== 'preparing') return;
      try {
        const { refs } = await work.wake(sandbox, () => {});
        emit({ type: 'notice', sandbox, notice: 'machine_restarted', machine: ref.machine });
        this.#isUp(sandbox, refs);
      } catch (error) {
        await this.#giveUp(sandbox, error);
      }
    });
  }

  /** Writes how it is now; what is being woken still counts as asleep, so that nothing is made anew after a crash. */
  save(sandbox: LiveSandbox): void {
    const { jobs, table } = this.#options;
    if (!sandbox.isStored) return;
    jobs.run(`${sandbox.id} record`, 'save', async () => {
      // Read when its turn comes: an older state must not overwrite a newer one.
      const { state, machines, lastSeenAt, keptUntil } = recordOf(sandbox);
      await table.update(sandbox.id, { state, machines, lastSeenAt, keptUntil });
    });
  }

  /** Gives a machine made ahead to its sandbox: it is ready at once, or as soon as it is furnished. */
  async #assign(sandbox: LiveSandbox, ref: MachineRef): Promise<void> {
    try {
      await this.#options.work.furnish(sandbox, ref);
    } catch (error) {
      return this.#giveUp(sandbox, error);
    }
    this.#isUp(sandbox, [ref]);
  }

  async #prepare(sandbox: LiveSandbox): Promise<void> {
    if (sandbox.state !== 'preparing') return;
    try {
      const { gate } = this.#options;
      const { refs, remade } = await gate.run(() => this.#tryTwice(sandbox), sandbox.plan.length);
      for (const machine of remade)
        this.#options.emit({ type: 'notice', sandbox, notice: 'machine_restarted', machine });
      this.#isUp(sandbox, refs);
    } catch (error) {
      await this.#giveUp(sandbox, error);
    }
  }

  async #tryTwice(sandbox: LiveSandbox): Promise<{ refs: MachineRef[]; remade: string[] }> {
    const { work, log } = this.#options;
    const report: StageReport = (stage, done, total) =>
      void sandbox.apply({ type: 'stage', stage, done, total });
    for (let attempt = 1; ; attempt++) {
      try {
        if (sandbox.isMade) return await work.wake(sandbox, report);
        return { refs: await work.make(sandbox, report), remade: [] };
      } catch (error) {
        const passing = error instanceof EngineError && error.code === 'machine_unreachable';
        if (!passing || attempt >= ATTEMPTS || sandbox.state !== 'preparing') throw error;
        log.warn('machines could not be started; trying again', { sandbox: sandbox.id, error });
      }
    }
  }

  #isUp(sandbox: LiveSandbox, refs: MachineRef[]): void {
    // Closed meanwhile: its removal follows in the same line of jobs.
    if (sandbox.state !== 'preparing') return;
    sandbox.isMade = true;
    for (const ref of refs) {
      sandbox.known.set(ref.machine, ref);
      sandbox.up.set(ref.machine, ref);
    }
    sandbox.apply({ type: 'prepared' });
    this.save(sandbox);
    for (const ref of refs) this.#options.emit({ type: 'machine-up', sandbox, ref });
    this.#options.onReady(sandbox);
  }

  #isDown(sandbox: LiveSandbox): void {
    const refs = [...sandbox.up.values()];
    sandbox.up.clear();
    sandbox.usage.clear();
    sandbox.levels.clear();
    for (const ref of refs) this.#options.emit({ type: 'machine-down', sandbox, ref });
  }

  async #giveUp(sandbox: LiveSandbox, error: unknown): Promise<void> {
    const { emit, log, work } = this.#options;
    log.error('the machines of a sandbox could not be started', { sandbox: sandbox.id, error });
    // What did start must not run beside the capacity.
    await work
      .stop(sandbox)
      .catch((cause: unknown) => log.warn('nor stopped', { sandbox: sandbox.id, error: cause }));
    if (sandbox.isRewinding) this.#options.reap();
    this.#release(sandbox);
    sandbox.apply({ type: 'failed' });
    emit({ type: 'notice', sandbox, notice: 'not_started', machine: null });
  }

  #release(sandbox: LiveSandbox): void {
    this.#options.turns.release(sandbox.id);
    this.#options.onQueue();
  }
}

export function recordOf(sandbox: LiveSandbox): SandboxRecord {
  const waking = sandbox.isMade && (sandbox.state === 'queued' || sandbox.state === 'preparing');
  // What was never made whole must not be found asleep after a restart: its files would never be laid.
  const unmade = !sandbox.isMade && sandbox.state === 'asleep';
  return {
    id: sandbox.id,
    userId: sandbox.userId,
    lesson: sandbox.lesson,
    state: waking ? 'asleep' : unmade ? 'preparing' : sandbox.state,
    machines: sandbox.plan.map((machine) => ({ ...machine })),
    // As the lesson has them; what the learner makes of them is written by the terminal room.
    terminals: null,
    createdAt: sandbox.createdAt,
    lastSeenAt: sandbox.lastSeenAt,
    keptUntil: sandbox.keptUntil,
    ...(sandbox.seed !== sandbox.id && { seed: sandbox.seed }),
  };
}
