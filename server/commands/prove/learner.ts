/** A learner without a browser: opens a lesson, types in its terminal, answers its questions, watches its tasks. */
import type { AnswerExpectation } from '#server/lessons/expectation.ts';
import { answerOf } from '#server/lessons/expectation.ts';
import type { LessonDefinition, ProofLine } from '#server/lessons/contract.ts';
import { soon, within } from '#server/lib/waiting.ts';
import type { TaskState } from '#server/protocol/tasks.ts';
import type { Sandbox } from '#server/sandbox/contract.ts';
import { Typist } from '#server/terminal/typist.ts';
import type { House } from '../house.ts';

const READY_MS = 60_000;

type Given = Extract<ProofLine, { type: 'give' }>;

export class Learner implements AsyncDisposable {
  readonly #house: House;
  /** With the values that this learner was given. */
  readonly lesson: LessonDefinition;
  readonly #sandbox: Sandbox;
  readonly #presence: Disposable;
  readonly #typist: Typist;
  readonly #states = new Map<string, TaskState>();
  readonly #unsubscribe: () => void;
  readonly #pulled = new Set<string>();

  private constructor(parts: {
    house: House;
    lesson: LessonDefinition;
    sandbox: Sandbox;
    presence: Disposable;
  }) {
    this.#house = parts.house;
    this.lesson = parts.lesson;
    this.#sandbox = parts.sandbox;
    this.#presence = parts.presence;
    this.#typist = new Typist(parts.house.terminals, parts.sandbox.id);
    const { tasks, worlds } = parts.house;
    const stops = [
      tasks.on(({ sandbox, task }) => {
        if (sandbox === parts.sandbox.id) this.#states.set(task.id, task);
      }),
      worlds.on(({ sandbox, diff }) => {
        if (sandbox !== parts.sandbox.id) return;
        for (const change of diff.images)
          if (change.type === 'added' && change.after.digests.length > 0) this.#pulled.add(change.after.id);
      }),
    ];
    this.#unsubscribe = () => stops.forEach((stop) => stop());
  }

  /** A fresh sandbox of the lesson; resolves when its machines have been looked at. */
  static async open(house: House, lesson: LessonDefinition, userId: string): Promise<Learner> {
    const sandbox = await house.sandboxes.open(userId, lesson.plan);
    const presence = sandbox.enter();
    try {
      await sandbox.ready(AbortSignal.timeout(READY_MS));
      // What has no engine yet cannot be looked at.
      for (const { name } of lesson.plan.machines.filter(({ kind }) => kind !== 'bare')) {
        const seen = () => house.worlds.get(sandbox.id, name)?.connected === true;
        await within(READY_MS, `${name} to be looked at`, seen, (check) => house.worlds.on(check));
      }
      const own = house.lessons.definition(lesson.key, sandbox.seed) ?? lesson;
      const learner = new Learner({ house, lesson: own, sandbox, presence });
      for (const state of await house.tasks.states(sandbox.id)) learner.#states.set(state.id, state);
      return learner;
    } catch (error) {
      presence[Symbol.dispose]();
      await house.sandboxes.close(sandbox.id);
      throw error;
    }
  }

  state(task: string): TaskState {
    const state = this.#states.get(task);
    if (!state) throw new Error(`invariant: no task ${task}`);
    return state;
  }

  /** Images that came over the network. */
  get pulls(): number {
    return this.#pulled.size;
  }

  /** Of all machines together. */
  async usage(): Promise<{ memoryBytes: number; diskBytes: number }> {
    const refs = [...this.#sandbox.machines.values()];
    const all = await Promise.all(refs.map((ref) => this.#house.engine.usage(ref)));
    const sum = (field: 'memoryBytes' | 'diskBytes') => all.reduce((total, use) => total + use[field], 0);
    return { memoryBytes: sum('memoryBytes'), diskBytes: sum('diskBytes') };
  }

  async follow(lines: readonly ProofLine[]): Promise<void> {
    for (const line of lines) {
      if (line.type === 'type') await this.#typist.type(line);
      else await this.#answer(line);
    }
  }

  /** False when the state has not come to be so in time. */
  sees(task: string, is: (state: TaskState) => boolean, timeoutMs: number): Promise<boolean> {
    return soon(
      timeoutMs,
      () => is(this.state(task)),
      (check) => this.#house.tasks.on(check),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#unsubscribe();
    this.#typist[Symbol.dispose]();
    this.#presence[Symbol.dispose]();
    await this.#house.sandboxes.close(this.#sandbox.id);
  }

  async #answer({ machine, task, value }: Given): Promise<void> {
    const definition = this.lesson.tasks.find(({ id }) => id === task);
    const question = definition && answerOf(definition.expect);
    if (!question) throw new Error(`${task} is no question`);
    const given = await this.#valueOf(question, { machine, value });
    this.#states.set(task, await this.#house.tasks.answer(this.#sandbox.id, task, given));
  }

  /** An option's English text becomes its number, `$(command)` what the command prints. */
  async #valueOf(
    question: AnswerExpectation,
    { machine, value }: Pick<Given, 'machine' | 'value'>,
  ): Promise<string> {
    if ('choice' in question) {
      const index = question.choice.findIndex(({ text }) => text.en === value);
      if (index < 0) throw new Error(`no option reads “${value}”`);
      return String(index);
    }
    const script = /^\$\((.*)\)$/s.exec(value)?.[1];
    if (script === undefined) return value;
    const ref = this.#sandbox.machines.get(machine);
    if (!ref) throw new Error(`${machine} is not up`);
    const { stdout } = await this.#house.engine.run(ref, {
      command: ['bash', '-c', script],
      asLearner: true,
    });
    return stdout.trim();
  }
}
