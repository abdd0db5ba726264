/** Where a learner is in a lesson. */
import type { Sandbox } from '#server/sandbox/contract.ts';
import type { Store } from '#server/store/contract.ts';

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
