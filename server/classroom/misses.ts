/** The near miss of a task in words. */
import type { Localized } from '../protocol/ids.ts';
import type { TaskState } from '../protocol/tasks.ts';

/** The first fact that does not hold and has words; null where nothing was almost right, or the answer was shown. */
export function missOf({ passed, near, solved, facts }: TaskState): Localized | null {
  if (passed || !near || solved) return null;
  return facts.find(({ ok, words }) => !ok && words)?.words ?? null;
}
