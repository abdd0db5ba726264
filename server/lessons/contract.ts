/** Lessons as the house uses them: truth for tasks and sandboxes, documents for pages. */
import type { Course, Lesson } from '../protocol/lesson.ts';
import type { LessonKey, Locale, Localized } from '../protocol/ids.ts';
import type { Expectation } from './expectation.ts';

/** What the lesson's sandbox must contain; the same shape as the sandbox room's plan. */
export type LessonPlan = {
  lesson: LessonKey;
  machines: {
    name: string;
    images: string[];
    files: { path: string; content: Buffer; executable: boolean }[];
  }[];
};

export type TaskDefinition = {
  id: string;
  step: string;
  title: Localized;
  expect: Expectation[];
  hints: Localized[];
  /** Must hold at every look, not only once. */
  hold: boolean;
};

export type LessonDefinition = {
  key: LessonKey;
  plan: LessonPlan;
  tasks: TaskDefinition[];
  /** Commands that solve each step, by step id, one entry a line or here-document as it is typed. */
  proof: ReadonlyMap<string, string[]>;
  /** Wrong attempts; `answer` is the field or hint text that must come back. */
  wrong: { task: string; name: string; answer: string; lines: string[] }[];
};

export interface Lessons {
  /** Without progress: the gateway adds the learner's. */
  courses(locale: Locale): Course[];
  page(key: LessonKey, locale: Locale): Lesson | null;
  definition(key: LessonKey): LessonDefinition | null;
  all(): LessonDefinition[];
}
