/** What a learner's work in one lesson, and in all lessons of a class, is worth. */
import type { Score } from '../protocol/gradebook.ts';
import { POINTS_PER_TASK } from '../protocol/numbers.ts';
import type { ClassLessonRow, TaskRecord } from '../store/contract.ts';
import { pointsFor } from '../tasks/points.ts';

/** What is written down of one learner in one lesson; `opened` and `finishedAt` are those of its last beginning. */
export type Work = { tasks: readonly TaskRecord[]; opened: boolean; finishedAt: Date | null };

export type LessonRules = ClassLessonRow & {
  /** Null: the lesson is not there any more. */
  tasks: readonly string[] | null;
  /** What a task keeps of its points when it was passed after the lesson was due. */
  latePercent: number;
};

/** A task that the lesson no longer has counts no more. */
export function scoreOf(rules: LessonRules, work: Work): Score {
  const known = rules.tasks ?? [];
  const passed = work.tasks.filter(({ task, passedAt }) => passedAt !== null && known.includes(task));
  const isLate = ({ passedAt }: TaskRecord) => rules.dueAt !== null && passedAt! > rules.dueAt;
  const points = passed
    .map((task) => pointsFor(task) * (isLate(task) ? rules.latePercent / 100 : 1))
    .reduce((sum, one) => sum + one, 0);
  const isOpened = rules.tasks !== null && (work.opened || passed.length > 0);
  return {
    lesson: rules.lesson,
    // Of a lesson without tasks nothing is asked but to be read.
    score: isOpened ? (known.length === 0 ? 100 : percent(points / (known.length * POINTS_PER_TASK))) : null,
    passed: passed.length,
    total: known.length,
    hinted: passed.filter(({ hintsGiven, solved }) => hintsGiven > 0 && !solved).length,
    solved: passed.filter(({ solved }) => solved).length,
    late: passed.filter(isLate).length,
    finishedAt: work.finishedAt?.toISOString() ?? null,
  };
}

/** Lessons by their weights; what was never opened counts 0, what is not there any more is nobody's fault and counts not at all. */
export function totalOf(lessons: readonly LessonRules[], scores: readonly Score[]): number {
  let [sum, weights] = [0, 0];
  for (const [index, { tasks, weight }] of lessons.entries()) {
    if (tasks === null) continue;
    sum += weight * (scores[index]!.score ?? 0);
    weights += weight;
  }
  return weights === 0 ? 0 : percent(sum / weights / 100);
}

/** One digit after the point. */
const percent = (share: number) => Math.round(share * 1000) / 10;
