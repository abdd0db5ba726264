/** The history room: what is kept of all sandboxes, kept by itself and by hand, and the ways back. */
import { stepsOf } from '#server/lessons/steps.ts';
import type { Lessons } from '#server/lessons/contract.ts';
import type { Tasks } from '#server/tasks/contract.ts';
import type { Probes } from '#server/world/probes/contract.ts';
import type { Worlds } from '#server/world/contract.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Log } from '../lib/log.ts';
import type { History, RewindRequest } from '../protocol/history.ts';
import {
  NOBODY,
  SandboxError,
  type Beginning,
  type Past,
  type Sandbox,
  type Sandboxes,
} from '../sandbox/contract.ts';
import type { HistoryTable, MachineContents } from '../store/contract.ts';
import { Automatic } from './automatic.ts';
import { Chronicle } from './chronicle.ts';
import { lossOf } from './contents.ts';
import { HistoryError, type Histories, type HistoryEvent } from './contract.ts';
import { writtenSince } from './written-files.ts';

/** Containers that are started again at most. */
const STARTED_MAX = 50;

export type HistoriesOptions = {
  sandboxes: Pick<Sandboxes, 'get' | 'all' | 'on'> & { past: Past };
  tasks: Pick<Tasks, 'on' | 'states'>;
  worlds: Worlds;
  probes: Probes;
  lessons: Pick<Lessons, 'page'>;
  table: HistoryTable;
  clock: Clock;
  log: Log;
};

export async function openHistories(options: HistoriesOptions): Promise<Histories & AsyncDisposable> {
  await options.table.forgetClosed();
  return new HistoryRoom(options);
}

class HistoryRoom implements Histories {
  readonly #options: HistoriesOptions;
  readonly #events = new Emitter<HistoryEvent>();
  readonly #chronicle: Chronicle;
  readonly #automatic: Automatic;
  readonly #underWay = new Set<Promise<void>>();
  readonly #trimming = new Set<string>();
  readonly #unsubscribe: (() => void)[];

  constructor(options: HistoriesOptions) {
    const { sandboxes, tasks, worlds, lessons, table, clock, log } = options;
    this.#options = options;
    const { past } = sandboxes;
    const changed = (sandbox: Sandbox) => this.#tell(sandbox);
    this.#chronicle = new Chronicle({ past, table, worlds, clock, log, changed });
    this.#automatic = new Automatic({
      stepsOf: ({ lesson }) => (lesson ? stepsOf(lessons, lesson) : []),
      states: (id) => tasks.states(id),
      rows: (id) => this.#chronicle.rows(id),
      keep: (sandbox, kind, step) => this.#keepByItself(sandbox, kind, step),
    });
    for (const sandbox of sandboxes.all()) this.#automatic.found(sandbox);
    this.#unsubscribe = [
      sandboxes.on((event) => {
        const { sandbox } = event;
        if (sandbox.userId === NOBODY) return;
        if (event.type === 'crowded') return this.#makeRoom(sandbox, event.machine);
        if (event.type !== 'changed') return;
        if (sandbox.state === 'ready') this.#automatic.ready(sandbox);
        if (sandbox.state === 'closed') this.#forget(sandbox.id);
      }),
      tasks.on(({ sandbox: id, task }) => {
        const sandbox = sandboxes.get(id);
        if (sandbox) this.#run('look at a step', id, () => this.#automatic.task(sandbox, task));
      }),
    ];
  }

  async of(id: string): Promise<History> {
    const sandbox = this.#need(id);
    const { table } = this.#options;
    const [snapshots, attempts] = await Promise.all([
      this.#chronicle.views(id),
      sandbox.lesson ? table.attempts(sandbox.userId, sandbox.lesson) : 0,
    ]);
    return { snapshots, startable: [], attempts };
  }

  async keep(id: string, name: string): Promise<History> {
    const sandbox = this.#needUp(id);
    await this.#chronicle.keep(sandbox, { kind: 'named', step: null, name });
    return this.of(id);
  }

  async remove(id: string, snapshot: string): Promise<History> {
    await this.#chronicle.remove(this.#need(id), snapshot);
    return this.of(id);
  }

  async losses(id: string, snapshot: string) {
    const { probes } = this.#options;
    const { machines, takenAt } = await this.#chronicle.need(id, snapshot);
    const sandbox = this.#needUp(id);
    const now = new Map(this.#chronicle.contents(sandbox).map((contents) => [contents.machine, contents]));
    return Promise.all(
      machines.map(async (then) => {
        const { machine } = then;
        const files = await writtenSince(probes, { sandbox: id, machine }, takenAt);
        return lossOf(then, now.get(machine) ?? then, files);
      }),
    );
  }

  async rewind(id: string, to: RewindRequest): Promise<void> {
    const sandbox = this.#need(id);
    if (to.to === 'step') throw new HistoryError('not_found', 'This step cannot be started from.');
    const { kind, step, machines } = await this.#chronicle.need(id, to.snapshot);
    await this.#options.sandboxes.past.rewind(id, beginningOf(id, to.snapshot, machines));
    await this.#wentBack(sandbox, kind, step);
  }

  async fork(id: string, snapshot: string): Promise<Sandbox> {
    const { machines } = await this.#chronicle.need(id, snapshot);
    return this.#options.sandboxes.past.fork(id, beginningOf(id, snapshot, machines));
  }

  movedOn(id: string, from: string, to: string): void {
    const sandbox = this.#options.sandboxes.get(id);
    if (sandbox?.state !== 'ready') return;
    this.#run('see a step end', id, () => this.#automatic.movedOn(sandbox, from, to));
  }

  on(listener: (event: HistoryEvent) => void) {
    return this.#events.on(listener);
  }

  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const stop of this.#unsubscribe) stop();
    await this.settled();
  }

  async #wentBack({ id, userId, lesson }: Sandbox, kind: 'start' | 'step' | 'named', step: string | null) {
    const { table, clock } = this.#options;
    const at = clock.now();
    this.#automatic.wentBack(id, at);
    if (lesson) await table.addAttempt({ userId, lesson, kind, step, at });
    const sandbox = this.#options.sandboxes.get(id);
    if (sandbox) this.#tell(sandbox);
  }

  #keepByItself(sandbox: Sandbox, kind: 'start' | 'step', step: string | null): void {
    if (!this.#options.sandboxes.past.isPossible) return;
    this.#run(`keep its ${kind}`, sandbox.id, () =>
      this.#chronicle.keep(sandbox, { kind, step, name: null }),
    );
  }

  /** One at a time: the next measurement tells whether it was enough. */
  #makeRoom(sandbox: Sandbox, machine: string): void {
    const { id } = sandbox;
    if (this.#trimming.has(id)) return;
    this.#trimming.add(id);
    this.#run('make room on its disk', id, async () => {
      try {
        if (await this.#chronicle.trim(sandbox))
          this.#events.emit({ type: 'notice', sandbox: id, notice: 'history_trimmed', machine });
      } finally {
        this.#trimming.delete(id);
      }
    });
  }

  #forget(id: string): void {
    this.#automatic.forget(id);
    this.#run('forget it', id, () => this.#chronicle.forget(id));
  }

  #tell({ id }: Sandbox): void {
    this.#run('tell what is kept', id, async () => {
      if (this.#options.sandboxes.get(id))
        this.#events.emit({ type: 'changed', sandbox: id, history: await this.of(id) });
    });
  }

  #run(what: string, sandbox: string, work: () => Promise<void>): void {
    const running = work()
      .catch((error: unknown) => {
        const isGone = error instanceof SandboxError;
        this.#options.log[isGone ? 'info' : 'error']('the past of a sandbox failed', {
          what,
          sandbox,
          error,
        });
      })
      .finally(() => this.#underWay.delete(running));
    this.#underWay.add(running);
  }

  #need(id: string): Sandbox {
    const sandbox = this.#options.sandboxes.get(id);
    if (sandbox) return sandbox;
    throw new SandboxError('not_found', 'There is no such sandbox.');
  }

  #needUp(id: string): Sandbox {
    const sandbox = this.#need(id);
    if (sandbox.state === 'ready') return sandbox;
    throw new HistoryError('sandbox_not_ready', 'The machines are not ready. Wait a moment and try again.');
  }
}

function beginningOf(sandbox: string, name: string, machines: readonly MachineContents[]): Beginning {
  return new Map(
    machines.map(({ machine, containers }) => {
      const ran = containers.filter(({ running }) => running).map(({ id }) => id);
      return [machine, { sandbox, name, running: ran.slice(0, STARTED_MAX) }];
    }),
  );
}
