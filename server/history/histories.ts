/** The history room: what is kept of all sandboxes, kept by itself and by hand, and the ways back. */
import { stepsOf } from '#server/lessons/steps.ts';
import type { Lessons } from '#server/lessons/contract.ts';
import type { Tasks } from '#server/tasks/contract.ts';
import type { Terminals } from '#server/terminal/contract.ts';
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
  type Hold,
  type Past,
  type Sandbox,
  type Sandboxes,
} from '../sandbox/contract.ts';
import type { AttemptRow, HistoryTable, MachineContents } from '../store/contract.ts';
import { Automatic } from './automatic.ts';
import { Chronicle } from './chronicle.ts';
import { lossOf } from './contents.ts';
import { HistoryError, type Histories, type HistoryEvent } from './contract.ts';
import { GOLDEN, Goldens } from './goldens.ts';
import { Replay, type Wanted } from './replay.ts';
import { writtenSince } from './written-files.ts';

/** Containers that are started again at most. */
const STARTED_MAX = 50;

export type HistoriesOptions = {
  sandboxes: Pick<Sandboxes, 'get' | 'all' | 'on' | 'close'> & { past: Past };
  terminals: Pick<Terminals, 'attach' | 'onCommand'>;
  tasks: Pick<Tasks, 'on' | 'states'>;
  worlds: Worlds;
  probes: Probes;
  lessons: Pick<Lessons, 'page' | 'definition' | 'onChange'>;
  table: HistoryTable;
  /** See `GoldensOptions`. */
  golden: { source: string; ids: Set<string> };
  clock: Clock;
  log: Log;
};

export async function openHistories(options: HistoriesOptions): Promise<Histories & AsyncDisposable> {
  await options.table.forgetClosed();
  const room = new HistoryRoom(options);
  room.sweep();
  return room;
}

type Bringing = { sandbox: Sandbox; step: string; hold: Hold };

class HistoryRoom implements Histories {
  readonly #options: HistoriesOptions;
  readonly #events = new Emitter<HistoryEvent>();
  readonly #chronicle: Chronicle;
  readonly #automatic: Automatic;
  readonly #goldens: Goldens;
  readonly #replay: Replay;
  /** Takes its time: nobody who closes the house waits for it. */
  readonly #replays = new Set<Promise<void>>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #trimming = new Set<string>();
  readonly #unsubscribe: (() => void)[];

  constructor(options: HistoriesOptions) {
    const { sandboxes, terminals, tasks, worlds, probes, lessons, table, golden, clock, log } = options;
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
    const isTaken = (id: string) => sandboxes.get(id) !== null;
    this.#goldens = new Goldens({ table, past, lessons, ...golden, isTaken, clock, log });
    const contents = (sandbox: Sandbox) => this.#chronicle.contents(sandbox);
    this.#replay = new Replay({ sandboxes, terminals, probes, goldens: this.#goldens, contents });
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
      lessons.onChange(() => this.sweep()),
    ];
  }

  async of(id: string): Promise<History> {
    const sandbox = this.#need(id);
    const { table } = this.#options;
    const [snapshots, attempts] = await Promise.all([
      this.#chronicle.views(id),
      sandbox.lesson ? table.attempts(sandbox.userId, sandbox.lesson) : 0,
    ]);
    return { snapshots, startable: this.#startable(sandbox), attempts };
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
    if (to.to === 'step') return this.#startFrom(sandbox, to.step);
    const { kind, step, machines } = await this.#chronicle.need(id, to.snapshot);
    await this.#options.sandboxes.past.rewind(id, beginningOf(id, to.snapshot, machines));
    await this.#wentBack(sandbox, { kind, step });
  }

  /** Answers when the way is clear; the learner waits while the steps before are gone through elsewhere. */
  #startFrom(sandbox: Sandbox, step: string): void {
    const { sandboxes, lessons } = this.#options;
    const { id, lesson, seed } = sandbox;
    const definition = lesson && lessons.definition(lesson, seed);
    if (!definition || !this.#startable(sandbox).includes(step))
      throw new HistoryError('not_found', 'This step cannot be started from.');
    const steps = stepsOf(lessons, lesson);
    const before = steps.slice(0, steps.indexOf(step));
    const hold = sandboxes.past.hold(id);
    const replay = this.#bring({ sandbox, step, hold }, { lesson, definition, before })
      .catch((error: unknown) => {
        this.#options.log.error('the steps before could not be gone through', { sandbox: id, step, error });
        this.#events.emit({ type: 'notice', sandbox: id, notice: 'not_replayed', machine: null });
      })
      .finally(() => {
        hold[Symbol.dispose]();
        this.#replays.delete(replay);
      });
    this.#replays.add(replay);
  }

  async #bring({ sandbox, step, hold }: Bringing, wanted: Wanted): Promise<void> {
    const { id, machines } = await this.#replay.stateAfter(wanted, (done, total) => hold.report(done, total));
    // Closed meanwhile: nobody waits any more.
    if (sandbox.state === 'closed') return;
    await this.#options.sandboxes.past.rewind(sandbox.id, beginningOf(id, GOLDEN, machines));
    await this.#wentBack(sandbox, { kind: 'here', step }, wanted.before);
  }

  /** Not in a course with points: the state would pass for the learner's own work there. */
  #startable({ lesson }: Sandbox): string[] {
    const { sandboxes, lessons } = this.#options;
    const definition = lesson && lessons.definition(lesson);
    if (!definition || definition.scored || !sandboxes.past.isPossible) return [];
    return stepsOf(lessons, lesson).slice(1);
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
    while (this.#underWay.size + this.#replays.size > 0)
      await Promise.all([...this.#underWay, ...this.#replays]);
  }

  /** Forgets what was built from another content. */
  sweep(): void {
    this.#run('sweep golden states', 'all', () => this.#goldens.sweep());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const stop of this.#unsubscribe) stop();
    await Promise.all(this.#underWay);
  }

  /** @param skipped steps that were brought, not done */
  async #wentBack(
    { id, userId, lesson }: Sandbox,
    { kind, step }: Pick<AttemptRow, 'kind' | 'step'>,
    skipped: readonly string[] = [],
  ): Promise<void> {
    const { table, clock } = this.#options;
    const at = clock.now();
    this.#automatic.wentBack(id, at, skipped);
    this.#events.emit({ type: 'rewound', sandbox: id, step });
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
