/** What the course map and the hero make of courses and progress; pure. */
import type { LessonKey } from '#server/protocol/ids.ts';
import type { Course, LessonCard, LessonLink } from '#server/protocol/lesson.ts';

export type LessonState = 'done' | 'now' | 'open';

export function stateOf(lesson: LessonCard): LessonState {
  if (lesson.progress.finishedAt) return 'done';
  return lesson.progress.lastOpenedAt ? 'now' : 'open';
}

export type Suggestion =
  /** Never opened anything: the first lesson. */
  | { kind: 'start'; lesson: LessonCard }
  /** The one opened last and not finished. */
  | { kind: 'continue'; lesson: LessonCard; openedAt: string }
  /** The one opened last is finished: the next that is not. */
  | { kind: 'next'; lesson: LessonCard }
  | { kind: 'all-done' }
  | { kind: 'empty' };

export function suggestion(courses: readonly Course[]): Suggestion {
  const lessons = courses.flatMap((course) => course.lessons);
  const first = lessons[0];
  if (!first) return { kind: 'empty' };
  const opened = lessons
    .filter((lesson) => lesson.progress.lastOpenedAt !== null)
    .toSorted((a, b) => b.progress.lastOpenedAt!.localeCompare(a.progress.lastOpenedAt!));
  const last = opened[0];
  if (!last) return { kind: 'start', lesson: first };
  if (!last.progress.finishedAt)
    return { kind: 'continue', lesson: last, openedAt: last.progress.lastOpenedAt! };
  const at = lessons.indexOf(last);
  const next = [...lessons.slice(at + 1), ...lessons.slice(0, at)].find(
    (lesson) => !lesson.progress.finishedAt,
  );
  return next ? { kind: 'next', lesson: next } : { kind: 'all-done' };
}

export function countLessons(courses: readonly Course[]): { done: number; total: number } {
  const lessons = courses.flatMap((course) => course.lessons);
  return { done: lessons.filter((lesson) => stateOf(lesson) === 'done').length, total: lessons.length };
}

/** The number of a course's first lesson: lessons are counted through all courses. Null where points count instead. */
export function firstNumber(courses: readonly Course[], index: number): number | null {
  if (courses[index]?.scored) return null;
  const before = courses.slice(0, index).filter(({ scored }) => !scored);
  return 1 + before.reduce((sum, course) => sum + course.lessons.length, 0);
}

export function lessonHref(locale: string, lesson: Pick<LessonCard, 'key'>): string {
  return `/${locale}/learn/${lesson.key.course}/${lesson.key.lesson}`;
}

export function findCard(courses: readonly Course[], { course, lesson }: LessonKey): LessonCard | undefined {
  return courses.find(({ id }) => id === course)?.lessons.find(({ key }) => key.lesson === lesson);
}

/** The lessons that are best done before this one and are not finished. */
export function undone(card: LessonCard | undefined, courses: readonly Course[]): LessonLink[] {
  return (card?.after ?? []).flatMap((key) => {
    const before = findCard(courses, key);
    return before && !before.progress.finishedAt ? [{ key, title: before.title }] : [];
  });
}
