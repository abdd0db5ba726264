/** Where a learner is in the lesson, as far as the tasks tell. */
import type { TaskMemory } from './task-memory.ts';

/**
 * The first step in which anything is left to do, and the first such after what was done last: some leave a task out.
 * A question left open keeps nobody: it is read past more often than it is answered.
 */
export function stepsAtHand(tasks: readonly TaskMemory[]): Set<string> {
  const after = tasks.findLastIndex(({ passed }) => passed) + 1;
  const open = [tasks, tasks.slice(after)].flatMap(
    (some) => some.find(({ passed, isQuestion }) => !passed && !isQuestion) ?? [],
  );
  return new Set(open.map(({ definition }) => definition.step));
}
