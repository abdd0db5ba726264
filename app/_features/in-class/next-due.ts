/** Which lesson a class asks for next; pure. */
import type { Membership } from '#server/protocol/classes.ts';
import type { Course, LessonCard } from '#server/protocol/lesson.ts';
import { isSame } from './classroom.ts';

export type NextLesson = { card: LessonCard; dueAt: string | null };

/** Of what is not finished, what is due first, else what comes first in the class. Null when all is done. */
export function nextDue({ lessons }: Membership, courses: readonly Course[]): NextLesson | null {
  const cards = courses.flatMap((course) => course.lessons);
  const open = lessons.flatMap(({ lesson, dueAt }): NextLesson[] => {
    const card = cards.find(({ key }) => isSame(key, lesson));
    return card && !card.progress.finishedAt ? [{ card, dueAt }] : [];
  });
  const time = ({ dueAt }: NextLesson) => (dueAt ? Date.parse(dueAt) : Infinity);
  // Two without a date: Infinity less Infinity is no number, and they stay in the class's order.
  return open.toSorted((a, b) => time(a) - time(b) || 0)[0] ?? null;
}
