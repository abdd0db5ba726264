/** Where a learner is in a lesson. */
import type { Lessons } from '#server/lessons/contract.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { Sandbox } from '#server/sandbox/contract.ts';
import type { Store } from '#server/store/contract.ts';

/** Ids of a lesson's steps in order; empty where there is no such lesson. */
export function stepsOf(lessons: Pick<Lessons, 'page'>, key: LessonKey): string[] {
  return lessons.page(key, 'en')?.steps.map((step) => step.id) ?? [];
}

/** The step last on the learner's screen. */
export async function stepAt(
  { progress }: Pick<Store, 'progress'>,
  { userId, lesson }: Pick<Sandbox, 'userId' | 'lesson'>,
): Promise<string | null> {
  if (!lesson) return null;
  const records = await progress.lessons(userId);
  const own = records.find(
    (record) => record.lesson.course === lesson.course && record.lesson.lesson === lesson.lesson,
  );
  return own?.step ?? null;
}
