/** How the tasks of a lesson go in a whole class. */
import type { TaskDefinition } from '../lessons/contract.ts';
import type { LessonKey } from '../protocol/ids.ts';
import type { TaskStat } from '../protocol/wall.ts';
import { nameOf, type Facts, type LessonFacts } from './facts.ts';

type LessonTasks = readonly Pick<TaskDefinition, 'id'>[];

/** In the order of the lesson. Who has only been announced, or has not opened it, counts nowhere. */
export function statsOf(
  lesson: LessonKey,
  tasks: LessonTasks,
  learners: Iterable<Pick<Facts, 'lessons'>>,
): TaskStat[] {
  const begun = Array.from(learners, ({ lessons }) => lessons.get(nameOf(lesson))).filter(
    (one) => one !== undefined,
  );
  const at = begun.map((one) => ({ lesson: one, current: currentOf(one, tasks) }));
  const seconds = begun.map((one) => secondsOf(one));
  return tasks.map(({ id }) => {
    const open = at.filter((one) => !one.lesson.tasks.get(id)?.passedAt);
    const took = seconds.flatMap((one) => one.get(id) ?? []);
    return {
      lesson,
      task: id,
      passed: begun.length - open.length,
      tried: open.filter((one) => one.current === id || wasTouched(one.lesson, id)).length,
      medianSeconds: took.length > 0 ? median(took) : null,
      miss: missOf(open.map((one) => one.lesson.tasks.get(id)?.miss ?? null)),
    };
  });
}

/** The first that is open, for who has begun the lesson. */
function currentOf({ openedAt, begunAt, tasks: known }: LessonFacts, tasks: LessonTasks): string | null {
  const isBegun = openedAt !== null || begunAt !== null || known.size > 0;
  return isBegun ? (tasks.find(({ id }) => !known.get(id)?.passedAt)?.id ?? null) : null;
}

function wasTouched({ tasks }: LessonFacts, id: string): boolean {
  const task = tasks.get(id);
  return task !== undefined && (task.near || task.helped || task.miss !== null);
}

/** For each task that ticked, from the tick before it, or from the beginning where that is known. */
function secondsOf({ begunAt, tasks }: LessonFacts): Map<string, number> {
  const ticks = [...tasks]
    .flatMap(([id, { passedAt }]) => (passedAt ? { id, ms: passedAt.getTime() } : []))
    .toSorted((one, other) => one.ms - other.ms);
  const took = new Map<string, number>();
  let from = begunAt?.getTime() ?? null;
  for (const { id, ms } of ticks) {
    if (from !== null) took.set(id, Math.max(0, (ms - from) / 1000));
    from = ms;
  }
  return took;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The words that most of them met; of as many, those that were met first in the class's order. */
function missOf(misses: readonly (TaskStatMiss | null)[]): TaskStat['miss'] {
  const counts = new Map<string, { words: TaskStatMiss; learners: number }>();
  for (const words of misses) {
    if (!words) continue;
    const known = counts.get(words.en) ?? { words, learners: 0 };
    counts.set(words.en, { words, learners: known.learners + 1 });
  }
  return [...counts.values()].reduce<TaskStat['miss']>(
    (most, one) => (one.learners > (most?.learners ?? 0) ? one : most),
    null,
  );
}

type TaskStatMiss = NonNullable<TaskStat['miss']>['words'];
