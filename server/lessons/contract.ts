/** Lessons as the house uses them: truth for tasks and sandboxes, documents for pages. */
import type { Unsubscribe } from '../lib/emitter.ts';
import type { Course, Lesson } from '../protocol/lesson.ts';
import type { LessonKey, Locale, Localized } from '../protocol/ids.ts';
import type { SolutionLine } from '../protocol/tasks.ts';
import type { Expectation } from './expectation.ts';
import type { Problem } from './problem.ts';

/** What the lesson's sandbox must contain; the same shape as the sandbox room's plan. */
export type LessonPlan = {
  lesson: LessonKey;
  machines: {
    name: string;
    /** Without one its engine is there when it starts. */
    kind?: 'bare';
    images: string[];
    files: { path: string; content: Buffer; executable: boolean }[];
    /** The script that root runs before the learner comes; most machines have none. */
    setup?: string;
  }[];
  /** No machine finds the engines of the others in `docker context ls`. */
  contexts?: false;
};

/** One entry of a proof: a command (or here-document) as it is typed, or an answer given on the page. */
export type ProofLine =
  | { type: 'type'; machine: string; text: string }
  /**
   * `value` as an author writes it: an option's English text, a number, a word, or `$(command)` for what it prints on this
   * machine.
   */
  | { type: 'give'; machine: string; task: string; value: string };

export type TaskDefinition = {
  id: string;
  step: string;
  title: Localized;
  expect: Expectation[];
  hints: Localized[];
  /** Must hold at every look, not only once. */
  hold: boolean;
  /** The lines of the proof that solve this task, as a learner would type them; empty for a question. */
  solution: SolutionLine[];
};

export type LessonDefinition = {
  key: LessonKey;
  /** Its tasks earn points. */
  scored: boolean;
  plan: LessonPlan;
  tasks: TaskDefinition[];
  /** What solves each step, by step id. */
  proof: ReadonlyMap<string, ProofLine[]>;
  /** Wrong attempts; `answer` is the field or words that must come back. */
  wrong: { task: string; name: string; answer: string; lines: ProofLine[] }[];
};

/** A lesson that is left out, and why. */
export type BrokenLesson = { key: LessonKey; problems: readonly Problem[] };

/**
 * `seed` chooses the values of a lesson with `vars`: the id of the learner's sandbox, or null for the sample values, which
 * who only reads is shown.
 */
export interface Lessons {
  /** Without progress: the gateway adds the learner's. */
  courses(locale: Locale): Course[];
  page(key: LessonKey, locale: Locale, seed?: string | null): Lesson | null;
  definition(key: LessonKey, seed?: string | null): LessonDefinition | null;
  all(): LessonDefinition[];
  broken(): BrokenLesson[];
  /** The content was read anew; never called outside development. */
  onChange(listener: () => void): Unsubscribe;
}
