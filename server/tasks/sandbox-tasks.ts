/**
 * The tasks of one sandbox: looked at when something happened, never by a clock alone. Those about which no event tells
 * are looked at when somebody has gone and looked in the machine.
 */
import type { LessonDefinition } from '#server/lessons/contract.ts';
import { SandboxError, type Sandbox } from '#server/sandbox/contract.ts';
import type { CommandTable, ProgressTable } from '#server/store/contract.ts';
import type { Traces } from '#server/trace/contract.ts';
import type { Worlds } from '#server/world/contract.ts';
import type { Probes } from '#server/world/probes/contract.ts';
import type { Clock, Timer } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Solution, TaskState } from '../protocol/tasks.ts';
import { stepsAtHand } from './at-hand.ts';
import { Probing } from './probing.ts';
import { TaskMemory } from './task-memory.ts';
import type { CommandSeen, Sources } from './verdict.ts';

/** Events come in bursts: one look serves those of this long. */
const SOON_MS = 15;
/** A miss is told when nothing has happened for this long … */
const SETTLE_MS = 700;
/** … or when things will not settle. */
const SETTLE_AT_MOST_MS = 3_000;
/** Typed commands that tasks may still look at. */
const COMMANDS_KEPT = 200;

export type SandboxTasksOptions = {
  sandbox: Sandbox;
  definition: LessonDefinition;
  worlds: Pick<Worlds, 'get'>;
  traces: Pick<Traces, 'calls'>;
  probes: Probes;
  progress: ProgressTable;
  commands: Pick<CommandTable, 'of'>;
  clock: Clock;
  log: Log;
  changed(task: TaskState): void;
};

export class SandboxTasks implements AsyncDisposable {
  readonly #options: SandboxTasksOptions;
  readonly #tasks: TaskMemory[];
  readonly #probing: Probing;
  readonly #emitted = new Map<string, string>();
  readonly #loaded: Promise<void>;
  #isLoaded = false;
  #commands: CommandSeen[] = [];
  #soon: Timer | null = null;
  /** A command has ended since the last look. */
  #typed = false;
  #settle: Timer | null = null;
  #unsettledSinceMs: number | null = null;
  /** Saves run one after another: the last word is the last one written. */
  #saving: Promise<void> = Promise.resolve();
  #finished = false;
  #closed = false;

  constructor(options: SandboxTasksOptions) {
    this.#options = options;
    this.#tasks = options.definition.tasks.map(
      (definition) => new TaskMemory(definition, options.definition.scored),
    );
    const { sandbox, probes, clock } = options;
    this.#probing = new Probing({
      tasks: this.#tasks,
      look: (probe) => probes.look(sandbox.id, probe),
      sources: () => this.#sources(),
      isPresent: () => sandbox.isPresent,
      isSettled: () => this.#unsettledSinceMs === null,
      found: (task, sources, settled) => this.#judge([task], sources, settled),
      clock,
    });
    this.#loaded = this.#load();
  }

  async states(): Promise<TaskState[]> {
    await this.#loaded;
    return this.#tasks.map(({ state }) => state);
  }

  /** Something happened: looks soon, and once more when it has settled. */
  trigger(): void {
    if (this.#closed) return;
    const { clock } = this.#options;
    this.#soon ??= clock.after(SOON_MS, () => {
      this.#soon = null;
      this.#look(false);
    });
    const nowMs = clock.now().getTime();
    this.#unsettledSinceMs ??= nowMs;
    this.#settle?.cancel();
    const leftMs = this.#unsettledSinceMs + SETTLE_AT_MOST_MS - nowMs;
    this.#settle = clock.after(Math.max(0, Math.min(SETTLE_MS, leftMs)), () => {
      this.#settle = null;
      this.#unsettledSinceMs = null;
      this.#look(true);
    });
  }

  noteCommand(command: CommandSeen): void {
    this.#commands = [...this.#commands, command].slice(-COMMANDS_KEPT);
    this.#typed = true;
    const steps = stepsAtHand(this.#tasks);
    for (const task of this.#tasks) if (steps.has(task.definition.step)) task.noteAttempt();
    this.trigger();
  }

  async hint(id: string): Promise<TaskState> {
    const task = await this.#task(id);
    task.hint();
    this.#save(task, 'hintsGiven');
    return this.#tell(task);
  }

  async solve(id: string): Promise<Solution> {
    const task = await this.#task(id);
    const lines = task.solve(await this.#sourcesFor(task));
    this.#save(task, 'solved');
    this.#tell(task);
    return { task: id, lines };
  }

  async answer(id: string, value: string): Promise<TaskState> {
    const task = await this.#task(id);
    const sources = await this.#sourcesFor(task);
    if (task.answer(value, sources, this.#options.clock.now())) this.#save(task, 'passedAt');
    this.#finishIfDone();
    return this.#tell(task);
  }

  /** The learner's progress was changed by others than us: a guest's work came to an account. */
  async catchUp(): Promise<void> {
    await this.#loaded;
    const { progress, sandbox, definition } = this.#options;
    for (const record of await progress.tasks(sandbox.userId, definition.key)) {
      const task = this.#tasks.find(({ definition }) => definition.id === record.task);
      task?.merge(record);
      if (task) this.#tell(task);
    }
    this.#finishIfDone();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#soon?.cancel();
    this.#settle?.cancel();
    this.#probing[Symbol.dispose]();
    await this.#loaded;
    await this.#saving;
  }

  async #load(): Promise<void> {
    const { sandbox, definition, progress, commands, log } = this.#options;
    try {
      const [records, typed] = await Promise.all([
        progress.tasks(sandbox.userId, definition.key),
        commands.of(sandbox.id, COMMANDS_KEPT),
      ]);
      for (const record of records)
        this.#tasks.find((task) => task.definition.id === record.task)?.restore(record);
      // What was typed while the records were read is in them or comes after them; twice does no harm.
      this.#commands = [...typed, ...this.#commands].slice(-COMMANDS_KEPT);
    } catch (error) {
      log.error('progress could not be read; tasks begin anew', { sandbox: sandbox.id, error });
    }
    for (const task of this.#tasks) this.#emitted.set(task.definition.id, JSON.stringify(task.state));
    this.#finished = this.#tasks.every(({ passed }) => passed);
    this.#isLoaded = true;
    this.trigger();
  }

  #look(settled: boolean): void {
    this.#probing.ask({ settled, typed: this.#typed });
    this.#typed = false;
    const seen = this.#tasks.filter((task) => !this.#probing.isFor(task));
    this.#judge(seen, this.#sources(), settled);
  }

  #judge(tasks: readonly TaskMemory[], sources: Sources, settled: boolean): void {
    if (!this.#isLoaded || this.#closed) return;
    const { clock } = this.#options;
    for (const task of tasks) {
      const own = { ...sources, sinceMs: this.#sinceMs(task) };
      if (task.look(own, { now: clock.now(), settled })) this.#save(task, 'passedAt');
      this.#tell(task);
    }
    this.#finishIfDone();
  }

  /** Null before anything of an earlier step was done. */
  #sinceMs({ definition }: TaskMemory): number | null {
    const steps = this.#tasks.map((task) => task.definition.step);
    const earlier = this.#tasks.slice(0, steps.indexOf(definition.step));
    const done = earlier.flatMap(({ passedAtMs }) => passedAtMs ?? []);
    return done.length > 0 ? Math.max(...done) : null;
  }

  /** A question may be about what must be looked for first. */
  async #sourcesFor(task: TaskMemory): Promise<Sources> {
    if (!task.isQuestion) return this.#sources();
    return this.#probing.find(task.definition.expect);
  }

  #sources(): Sources {
    const { worlds, traces, sandbox } = this.#options;
    // Held fast: a look that takes its time is judged with the machine as it was when the look began.
    const worldNow = new Map(
      [...sandbox.machines.keys()].map((name) => [name, worlds.get(sandbox.id, name)]),
    );
    return {
      world: (machine) => worldNow.get(machine) ?? null,
      commands: this.#commands,
      calls: (machine) => traces.calls(sandbox.id, machine),
      found: () => null,
      attempted: false,
      sinceMs: null,
      answer: null,
    };
  }

  #tell(task: TaskMemory): TaskState {
    const { state } = task;
    const text = JSON.stringify(state);
    if (this.#emitted.get(state.id) !== text) {
      this.#emitted.set(state.id, text);
      this.#options.changed(state);
    }
    return state;
  }

  #finishIfDone(): void {
    if (this.#finished || !this.#tasks.every(({ passed }) => passed)) return;
    this.#finished = true;
    const { progress, sandbox, definition, clock } = this.#options;
    this.#write(() => progress.saveLesson(sandbox.userId, definition.key, { finishedAt: clock.now() }));
  }

  /** Writes only what changed: the learner may have done the rest elsewhere, as a guest or in an account. */
  #save({ record }: TaskMemory, field: 'passedAt' | 'hintsGiven' | 'solved'): void {
    const { progress, sandbox, definition } = this.#options;
    const change = { task: record.task, [field]: record[field] };
    this.#write(() => progress.saveTask(sandbox.userId, definition.key, change));
  }

  #write(work: () => Promise<void>): void {
    const { log, sandbox } = this.#options;
    this.#saving = this.#saving
      .then(work)
      .catch((error: unknown) => log.error('progress could not be kept', { sandbox: sandbox.id, error }));
  }

  async #task(id: string): Promise<TaskMemory> {
    await this.#loaded;
    const task = this.#tasks.find(({ definition }) => definition.id === id);
    if (!task) throw new SandboxError('not_found', `This lesson has no task ${id}.`);
    return task;
  }
}
