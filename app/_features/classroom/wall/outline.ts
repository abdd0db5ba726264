/** What the pages of a class need of a lesson: its title, steps and tasks by name, without the text. */
import type { LessonKey } from '#server/protocol/ids.ts';

export type Outline = {
  key: LessonKey;
  title: string;
  steps: { id: string; title: string; tasks: { id: string; title: string }[] }[];
};

/** One string for a lesson, to compare and to look up by. */
export function lessonId({ course, lesson }: LessonKey): string {
  return `${course}/${lesson}`;
}

export function outlineOf(outlines: readonly Outline[], key: LessonKey | null): Outline | null {
  if (!key) return null;
  return outlines.find((outline) => lessonId(outline.key) === lessonId(key)) ?? null;
}

/** From 1; null where the step is not known. */
export function stepNumber(outline: Outline | null, step: string | null): number | null {
  const index = outline?.steps.findIndex(({ id }) => id === step) ?? -1;
  return index < 0 ? null : index + 1;
}

/** The task's title; its name where the lesson was written anew. */
export function taskTitle(outline: Outline | null, task: string): string {
  const tasks = outline?.steps.flatMap(({ tasks }) => tasks) ?? [];
  return tasks.find(({ id }) => id === task)?.title ?? task;
}
