/** Classes and places as they cross the wire. */
import type { ClassLesson, ClassSettings, ClassView, JoinCodeView, Membership } from '../protocol/classes.ts';
import type { ClassLessonRow, ClassRow, EnrolmentRow } from '../store/contract.ts';

type ClassViewParts = { instructor: string; learners: readonly EnrolmentRow[]; now: Date };

export function classView(row: ClassRow, { instructor, learners, now }: ClassViewParts): ClassView {
  const { id, name, locale, latePercent, paused, createdAt } = row;
  return {
    id,
    name,
    locale,
    latePercent,
    paused,
    instructor,
    createdAt: createdAt.toISOString(),
    lessons: lessonViews(row.lessons),
    code: row.code && whyClosed(row.code, now) === null ? codeView(row.code) : null,
    learners: learners.filter(({ joinedAt }) => joinedAt !== null).length,
  };
}

export function membershipView(row: ClassRow, place: EnrolmentRow, instructor: string): Membership {
  return {
    class: row.id,
    learner: place.id,
    name: row.name,
    instructor,
    locale: row.locale,
    as: place.name,
    lessons: lessonViews(row.lessons),
    paused: row.paused,
    handAt: place.handAt?.toISOString() ?? null,
  };
}

export function lessonViews(lessons: readonly ClassLessonRow[]): ClassLesson[] {
  return lessons.map(({ lesson, dueAt, weight }) => ({
    lesson,
    dueAt: dueAt?.toISOString() ?? null,
    weight,
  }));
}

export function lessonRows(lessons: ClassSettings['lessons']): ClassLessonRow[] {
  return lessons.map(({ lesson, dueAt, weight }) => ({
    lesson,
    dueAt: dueAt === null ? null : new Date(dueAt),
    weight,
  }));
}

type Code = NonNullable<ClassRow['code']>;

/** Null for a code that lets people in. */
export function whyClosed(
  { expiresAt, maxUses, uses }: Code,
  now: Date,
): 'join_code_expired' | 'join_code_used_up' | null {
  if (expiresAt !== null && expiresAt <= now) return 'join_code_expired';
  return maxUses !== null && uses >= maxUses ? 'join_code_used_up' : null;
}

function codeView({ code, uses, maxUses, expiresAt }: Code): JoinCodeView {
  return { code, uses, maxUses, expiresAt: expiresAt?.toISOString() ?? null };
}
