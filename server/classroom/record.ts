/**
 * Writes down what happens to learners who are in a class now, in what the class gives. Never what goes into a terminal:
 * only what rooms say of tasks, machines and people. Commands stand in a table of their own.
 */
import type { Histories } from '../history/contract.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter, type Unsubscribe } from '../lib/emitter.ts';
import type { Log } from '../lib/log.ts';
import type { LessonKey } from '../protocol/ids.ts';
import type { Notice } from '../protocol/feed.ts';
import type { TaskState } from '../protocol/tasks.ts';
import { NOBODY, type Sandbox, type SandboxEvent, type Sandboxes } from '../sandbox/contract.ts';
import type { LearnerEventTable } from '../store/contract.ts';
import type { Tasks } from '../tasks/contract.ts';
import type { ClassEvent, Classes } from './contract.ts';
import { missOf } from './misses.ts';
import { placesFor } from './rights.ts';
import type { Happening } from './signals.ts';

/** What waits to be written, of all learners; what comes on top is left out, and said so once. */
const WAITING_MAX = 5_000;
/** Different near misses of one task that are told: somebody who tries them all tells nothing by them. */
const NEARS_PER_TASK = 20;
/** A pass that is younger is news, even where nothing was known before. */
const FRESH_MS = 10_000;
/** Of the others, the learner has nothing and the instructor nothing to do. */
const UNTOLD: readonly Notice[] = ['going_to_sleep', 'server_restarting'];

type Happened = Happening extends infer One
  ? One extends unknown
    ? Omit<One, 'at' | 'lesson'>
    : never
  : never;
/** Kinds beside those that tell how it goes; `class`: for the eyes of that class alone. */
export type Noted =
  | { kind: 'hand_up' | 'hand_down'; class: string }
  | { kind: 'note'; class: string; text: string }
  | { kind: 'watched' | 'typed'; by: string; began: boolean };

type SeenTask = { passedAt: string | null; hints: number; solved: boolean };
type Memory = { primed: boolean; tasks: Map<string, SeenTask>; nears: Map<string, Set<string>> };

export type RecordOptions = {
  classes: Pick<Classes, 'all' | 'learners' | 'placesOf' | 'on'>;
  sandboxes: Pick<Sandboxes, 'get' | 'all' | 'of' | 'on'>;
  tasks: Pick<Tasks, 'states' | 'on'>;
  histories: Pick<Histories, 'on'>;
  table: LearnerEventTable;
  clock: Clock;
  log: Log;
};

export class LearnerRecord implements AsyncDisposable {
  readonly #options: RecordOptions;
  readonly #events = new Emitter<{ userId: string; happening: Happening }>();
  readonly #memories = new Map<string, Memory>();
  /** Whose hands are up, by place. */
  readonly #hands = new Set<string>();
  readonly #unsubscribe: Unsubscribe[];
  #writing: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(options: RecordOptions) {
    const { classes, sandboxes, tasks, histories } = options;
    this.#options = options;
    for (const { id } of classes.all())
      for (const place of classes.learners(id)) if (place.handAt) this.#hands.add(place.id);
    for (const sandbox of sandboxes.all()) {
      this.#memory(sandbox.id);
      if (sandbox.machines.size > 0) this.#prime(sandbox);
    }
    this.#unsubscribe = [
      sandboxes.on((event) => this.#sandbox(event)),
      tasks.on(({ sandbox: id, task }) => {
        const sandbox = sandboxes.get(id);
        if (sandbox) this.#task(sandbox, task);
      }),
      histories.on((event) => {
        const sandbox = sandboxes.get(event.sandbox);
        if (!sandbox) return;
        if (event.type === 'rewound') this.#happened(sandbox, { kind: 'rewind', step: event.step });
        if (event.type === 'notice') this.#happened(sandbox, { kind: 'machine', notice: event.notice });
      }),
      classes.on((event) => this.#class(event)),
    ];
  }

  /** What tells how it goes for a learner, as it is written down. */
  on(listener: (event: { userId: string; happening: Happening }) => void): Unsubscribe {
    return this.#events.on(listener);
  }

  /** @param lesson that of the sandbox; null where it has nothing to do with one */
  note(userId: string, lesson: LessonKey | null, { kind, ...data }: Noted): void {
    this.#write({ userId, lesson, kind, at: this.#options.clock.now(), data });
  }

  /** Resolves when all that happened so far is on disk. */
  async written(): Promise<void> {
    await this.#writing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const stop of this.#unsubscribe) stop();
    await this.#writing;
  }

  #sandbox(event: SandboxEvent): void {
    const { sandbox } = event;
    if (sandbox.userId === NOBODY) return;
    if (event.type === 'notice' && !UNTOLD.includes(event.notice))
      this.#happened(sandbox, { kind: 'machine', notice: event.notice });
    else if (event.type === 'machine-up') this.#prime(sandbox);
    else if (event.type === 'changed' && sandbox.state === 'closed') this.#memories.delete(sandbox.id);
    else if (event.type === 'changed' && !this.#memories.has(sandbox.id)) {
      this.#memory(sandbox.id);
      this.#prime(sandbox);
      this.#happened(sandbox, { kind: 'opened' });
    }
  }

  #task(sandbox: Sandbox, task: TaskState): void {
    const memory = this.#memory(sandbox.id);
    const before = memory.tasks.get(task.id);
    const now = seen(task);
    memory.tasks.set(task.id, now);
    if (now.passedAt && now.passedAt !== before?.passedAt && this.#isFresh(now.passedAt)) {
      this.#happened(sandbox, { kind: 'passed', task: task.id });
      const all = [...memory.tasks.values()];
      if (memory.primed && all.every(({ passedAt }) => passedAt))
        this.#happened(sandbox, { kind: 'finished' });
    }
    // What was shown before we looked is no news.
    if (before && now.hints > before.hints) this.#happened(sandbox, { kind: 'hint', task: task.id });
    if (before && now.solved && !before.solved) this.#happened(sandbox, { kind: 'solution', task: task.id });
    this.#near(sandbox, memory, task);
  }

  #near(sandbox: Sandbox, { nears }: Memory, task: TaskState): void {
    const words = missOf(task);
    if (!words) return;
    const told = nears.get(task.id) ?? new Set();
    if (told.has(words.en) || told.size >= NEARS_PER_TASK) return;
    nears.set(task.id, told.add(words.en));
    this.#happened(sandbox, { kind: 'near', task: task.id, words });
  }

  #class(event: ClassEvent): void {
    const { classes, sandboxes } = this.#options;
    if (event.type === 'left') this.#hands.delete(event.learner);
    if (event.type !== 'learner') return;
    const place = classes.learners(event.class).find(({ id }) => id === event.learner);
    if (!place?.userId) return;
    for (const sandbox of sandboxes.of(place.userId)) if (sandbox.machines.size > 0) this.#prime(sandbox);
    const isUp = place.handAt !== null;
    if (isUp === this.#hands.has(place.id)) return;
    if (isUp) this.#hands.add(place.id);
    else this.#hands.delete(place.id);
    this.note(place.userId, null, { kind: isUp ? 'hand_up' : 'hand_down', class: event.class });
  }

  /** Learns how its tasks stand, so that from then on what is new can be told. */
  #prime(sandbox: Sandbox): void {
    const memory = this.#memory(sandbox.id);
    if (memory.primed || placesFor(this.#options.classes, sandbox).length === 0) return;
    memory.primed = true;
    this.#learn(sandbox, memory).catch((error: unknown) => {
      memory.primed = false;
      this.#options.log.debug('the tasks of a sandbox could not be read', { sandbox: sandbox.id, error });
    });
  }

  async #learn({ id }: Sandbox, { tasks }: Memory): Promise<void> {
    for (const state of await this.#options.tasks.states(id))
      if (!tasks.has(state.id)) tasks.set(state.id, seen(state));
  }

  #memory(id: string): Memory {
    const known = this.#memories.get(id) ?? { primed: false, tasks: new Map(), nears: new Map() };
    this.#memories.set(id, known);
    return known;
  }

  #isFresh(at: string): boolean {
    return this.#options.clock.now().getTime() - Date.parse(at) < FRESH_MS;
  }

  #happened(sandbox: Sandbox, happened: Happened): void {
    const { userId, lesson } = sandbox;
    if (placesFor(this.#options.classes, sandbox).length === 0) return;
    const happening = { ...happened, at: this.#options.clock.now(), lesson } as Happening;
    this.#events.emit({ userId, happening });
    const { kind, ...data } = happened;
    this.#write({ userId, lesson, kind, at: happening.at, data });
  }

  /** One after another: they stand in the order in which they happened. */
  #write(row: Parameters<LearnerEventTable['add']>[0]): void {
    const { table, log } = this.#options;
    if (this.#waiting >= WAITING_MAX) return;
    if (++this.#waiting === WAITING_MAX) log.warn('more happens than can be written down; some is left out');
    this.#writing = this.#writing
      .then(() => table.add(row))
      .catch((error: unknown) => log.warn('what happened could not be kept', { kind: row.kind, error }))
      .finally(() => this.#waiting--);
  }
}

function seen({ passedAt, hintsGiven, solved }: TaskState): SeenTask {
  return { passedAt, hints: hintsGiven.length, solved };
}
