/** The walls that somebody looks at: each class has one model while it has, and nothing is computed for the others. */
import type { Unsubscribe } from '../lib/emitter.ts';
import type { Command } from '../protocol/feed.ts';
import type { TaskState } from '../protocol/tasks.ts';
import type { Tile } from '../protocol/wall.ts';
import type { Sandbox, SandboxEvent, Sandboxes } from '../sandbox/contract.ts';
import type { ClassRow, EnrolmentRow } from '../store/contract.ts';
import type { Tasks } from '../tasks/contract.ts';
import type { Terminals } from '../terminal/contract.ts';
import type { ClassEvent, Classes } from './contract.ts';
import { choose, type Facts, lessonOf, noteLesson, noteTask, readFacts } from './facts.ts';
import { Glances } from './glances.ts';
import type { LearnerRecord } from './record.ts';
import { gives } from './rights.ts';
import type { Happening } from './signals.ts';
import { tileOf } from './tiles.ts';
import { WallModel, type WallParts, type WallViewer } from './wall-model.ts';
import type { Watching } from './watching.ts';

export type { WallViewer } from './wall-model.ts';

export type WallsOptions = WallParts & {
  classes: Pick<Classes, 'on'>;
  sandboxes: Pick<Sandboxes, 'get' | 'on'>;
  tasks: Pick<Tasks, 'on'>;
  terminals: Pick<Terminals, 'onCommand'>;
  record: Pick<LearnerRecord, 'on'>;
  watching: Pick<Watching, 'on'>;
};

export class Walls implements Disposable {
  readonly #options: WallsOptions;
  readonly #models = new Map<string, WallModel>();
  /** While any wall is open. */
  #unsubscribe: Unsubscribe[] = [];

  constructor(options: WallsOptions) {
    this.#options = options;
  }

  /** @param row a class that the viewer may teach; whoever lets them in has asked */
  open(row: ClassRow, viewer: WallViewer): Disposable {
    const known = this.#models.get(row.id);
    const model = known ?? new WallModel(this.#options, row);
    this.#models.set(row.id, model);
    if (this.#unsubscribe.length === 0) this.#unsubscribe = this.#subscribe();
    model.add(viewer);
    if (!known) this.#load(row.id, model);
    return { [Symbol.dispose]: () => this.#leave(row.id, model, viewer) };
  }

  /** One learner's tile, also while nobody looks at the wall. */
  async tile(row: ClassRow, place: EnrolmentRow): Promise<Tile> {
    const open = this.#models.get(row.id)?.tile(place.id);
    if (open) return open;
    const [facts] = await readFacts(this.#options, row, [place]);
    if (!facts) throw new Error('invariant: a learner was read and is not there');
    const { sandboxes, watching, lessons, terminals, clock } = this.#options;
    new Glances(terminals).look([facts]);
    const own = place.userId === null ? [] : sandboxes.of(place.userId);
    return tileOf(
      facts,
      {
        tasksOf: (lesson) => lessons.definition(lesson)?.tasks ?? [],
        isHere: () => own.some((one) => one.isPresent && gives(row, one.lesson)),
        isWatched: ({ sandbox }) => sandbox !== null && watching.of(sandbox.id).length > 0,
      },
      clock.now(),
    );
  }

  /** Another step is on the learner's screen. */
  atStep(sandbox: Sandbox, step: string): void {
    const { lesson } = sandbox;
    const at = this.#options.clock.now();
    if (!lesson) return;
    this.#touch(sandbox, (facts) => {
      lessonOf(facts, lesson).step = step;
      facts.signals.note({ kind: 'moved', at, lesson });
    });
  }

  /** A lesson of this learner began anew. */
  reread(userId: string): void {
    for (const model of this.#models.values()) model.reread(userId);
  }

  /** Teaches no more, or is gone. */
  dismiss(userId: string): void {
    for (const model of this.#models.values()) model.close(userId);
  }

  [Symbol.dispose](): void {
    for (const stop of this.#unsubscribe) stop();
    this.#unsubscribe = [];
    for (const model of this.#models.values()) model.close();
  }

  #load(id: string, model: WallModel): void {
    model.load().catch((error: unknown) => {
      this.#options.log.error('a wall could not be read', { class: id, error });
      // Who comes back finds another try.
      this.#models.delete(id);
      model.close();
    });
  }

  #leave(id: string, model: WallModel, viewer: WallViewer): void {
    model.remove(viewer);
    if (model.viewers > 0 || this.#models.get(id) !== model) return;
    this.#models.delete(id);
    if (this.#models.size > 0) return;
    for (const stop of this.#unsubscribe) stop();
    this.#unsubscribe = [];
  }

  #subscribe(): Unsubscribe[] {
    const { classes, sandboxes, tasks, terminals, record, watching } = this.#options;
    const live = (id: string, tell: (sandbox: Sandbox) => void) => {
      const sandbox = sandboxes.get(id);
      if (sandbox) tell(sandbox);
    };
    return [
      classes.on((event) => this.#class(event)),
      sandboxes.on((event) => this.#sandbox(event)),
      tasks.on(({ sandbox, task }) => live(sandbox, (it) => this.#task(it, task))),
      terminals.onCommand(({ sandbox, command }) => live(sandbox, (it) => this.#command(it, command))),
      record.on(({ userId, happening }) => this.#happened(userId, happening)),
      watching.on(({ sandbox }) => this.#touch(sandbox, () => {})),
    ];
  }

  #class(event: ClassEvent): void {
    const model = this.#models.get(event.class);
    if (!model) return;
    if (event.type === 'learner') model.learnerChanged(event.learner);
    else if (event.type === 'left') model.learnerLeft(event.learner);
    else if (event.type === 'removed') model.close();
    else
      model.classChanged().catch((error: unknown) => {
        this.#options.log.error('a wall could not be read anew', { class: event.class, error });
      });
  }

  #sandbox({ type, sandbox }: SandboxEvent): void {
    if (type !== 'changed' && type !== 'presence') return;
    this.#touch(sandbox, (facts, row) => {
      const isGone = sandbox.state === 'closed';
      const isTheirs = facts.sandbox === sandbox;
      // They are where a page was opened last; what stands open elsewhere does not call them back.
      if (!isTheirs && !isGone && (sandbox.isPresent || !facts.sandbox)) this.#enter(facts, sandbox);
      if (isTheirs && isGone) {
        const own = this.#options.sandboxes.of(sandbox.userId).filter((one) => one !== sandbox);
        facts.sandbox = choose(own, row, facts.lessons);
        if (facts.sandbox) this.#enter(facts, facts.sandbox);
      }
    });
  }

  #enter(facts: Facts, sandbox: Sandbox): void {
    facts.sandbox = sandbox;
    facts.lesson = sandbox.lesson;
    facts.screen = [];
    if (sandbox.lesson) lessonOf(facts, sandbox.lesson).openedAt = this.#options.clock.now();
  }

  #task(sandbox: Sandbox, task: TaskState): void {
    const { lesson } = sandbox;
    if (lesson) this.#touch(sandbox, (facts) => noteTask(lessonOf(facts, lesson), task));
  }

  #command(sandbox: Sandbox, { line, exitCode, startedAt, durationMs }: Command): void {
    const at = new Date(startedAt);
    const ended = new Date(at.getTime() + durationMs);
    this.#touch(sandbox, (facts) => {
      facts.command = { line, exitCode, at };
      if (at <= facts.readTo) return;
      facts.signals.note({ kind: 'command', line, exitCode, at: ended, lesson: sandbox.lesson });
    });
  }

  #happened(userId: string, happening: Happening): void {
    for (const model of this.#models.values()) {
      if (!model.gives(happening.lesson)) continue;
      model.touch(userId, (facts) => {
        if (happening.at <= facts.readTo) return;
        facts.signals.note(happening);
        noteLesson(facts, happening);
      });
    }
  }

  /** In every open class that reaches this sandbox. */
  #touch(sandbox: Sandbox, change: (facts: Facts, row: ClassRow) => void): void {
    for (const [id, model] of this.#models) {
      const row = this.#options.classes.get(id);
      if (row && gives(row, sandbox.lesson)) model.touch(sandbox.userId, (facts) => change(facts, row));
    }
  }
}
