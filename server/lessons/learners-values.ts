/** Builds a lesson anew with the values of each learner, and keeps those that were asked for last. */
import { buildLesson, type BuiltLesson, type LoadedLesson } from './lesson.ts';
import { Problems } from './problem.ts';

const BUILT_KEPT = 50;

export class LearnersValues {
  readonly #lesson: LoadedLesson;
  readonly #built = new Map<string, BuiltLesson>();
  /** The lesson has `vars`: other learners, other values. */
  readonly differ: boolean;

  constructor(lesson: LoadedLesson) {
    this.#lesson = lesson;
    this.differ = Object.keys(lesson.parts.vars).length > 0;
  }

  /** The lesson with the values that belong to this seed. */
  build(seed: string): BuiltLesson {
    if (!this.differ) return this.#lesson.sample;
    const known = this.#built.get(seed);
    if (known) return known;
    const { parts } = this.#lesson;
    const trouble = new Problems();
    const built = buildLesson({ ...parts, seed }, trouble);
    if (!built || trouble.list.length > 0)
      throw new Error(`the values of a learner spoil ${parts.shown}: ${trouble.list[0]?.message}`);
    if (this.#built.size === BUILT_KEPT) this.#built.delete(this.#built.keys().next().value!);
    this.#built.set(seed, built);
    return built;
  }
}
