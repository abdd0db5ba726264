/** The steps of a lesson, in order. */
import type { LessonKey } from '../protocol/ids.ts';
import type { Lessons } from './contract.ts';

/** Their ids; empty where there is no such lesson. */
export function stepsOf(lessons: Pick<Lessons, 'page'>, key: LessonKey): string[] {
  return lessons.page(key, 'en')?.steps.map((step) => step.id) ?? [];
}
