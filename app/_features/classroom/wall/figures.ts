/** The numbers above the tiles: how many are here, ask, are stuck, have finished; and how each task goes. Pure. */
import type { LessonKey } from '#server/protocol/ids.ts';
import type { TaskStat, Tile } from '#server/protocol/wall.ts';
import { isStuck } from './order.ts';
import { lessonId, type Outline } from './outline.ts';

export type Figures = { here: number; of: number; hands: number; stuck: number; finished: number };

/** @param lesson the one whose end counts as finished; null: any */
export function figuresOf(tiles: Iterable<Tile>, lesson: string | null): Figures {
  const all = [...tiles];
  return {
    here: all.filter(({ presence }) => presence === 'here').length,
    of: all.length,
    hands: all.filter(({ handAt }) => handAt).length,
    stuck: all.filter(isStuck).length,
    finished: all.filter(
      (tile) =>
        tile.finishedAt && (lesson === null || (tile.lesson !== null && lessonId(tile.lesson) === lesson)),
    ).length,
  };
}

export type TaskLine = {
  task: string;
  title: string;
  passed: number;
  /** Almost right now. */
  near: number;
  medianSeconds: number | null;
  miss: TaskStat['miss'];
};

/** A line per task of a lesson, in its order. */
export function taskLines(outline: Outline, stats: readonly TaskStat[], tiles: Iterable<Tile>): TaskLine[] {
  const id = lessonId(outline.key);
  const known = new Map(
    stats.filter(({ lesson }) => lessonId(lesson) === id).map((stat) => [stat.task, stat]),
  );
  const near = new Map<string, number>();
  for (const tile of tiles)
    if (tile.lesson && lessonId(tile.lesson) === id)
      for (const task of tile.tasks)
        if (task.state === 'near') near.set(task.id, (near.get(task.id) ?? 0) + 1);
  return outline.steps
    .flatMap(({ tasks }) => tasks)
    .map(({ id: task, title }) => {
      const stat = known.get(task);
      return {
        task,
        title,
        passed: stat?.passed ?? 0,
        near: Math.max(near.get(task) ?? 0, stat?.miss?.learners ?? 0),
        medianSeconds: stat?.medianSeconds ?? null,
        miss: stat?.miss ?? null,
      };
    });
}

/** Where most are now; the first where nobody has begun. */
export function busiestLesson(
  lessons: readonly { lesson: LessonKey }[],
  tiles: Iterable<Tile>,
): LessonKey | null {
  const count = new Map<string, number>();
  for (const { lesson, presence } of tiles)
    if (lesson)
      count.set(lessonId(lesson), (count.get(lessonId(lesson)) ?? 0) + (presence === 'here' ? 2 : 1));
  const ranked = lessons
    .map(({ lesson }) => lesson)
    .toSorted((a, b) => (count.get(lessonId(b)) ?? 0) - (count.get(lessonId(a)) ?? 0));
  return ranked[0] ?? null;
}
