/** A class while it is being written: its lessons in order, and what is wrong before it is sent; pure. */
import type { ClassWords } from '#app/_lib/i18n/en-classes.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import type { ClassSettings } from '#server/protocol/classes.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { Course } from '#server/protocol/lesson.ts';
import { CLASS_LIMITS } from '#server/protocol/numbers.ts';

/** Numbers as they are typed. */
export type DraftLesson = { lesson: LessonKey; dueAt: string | null; weight: string };
export type Draft = { name: string; locale: Locale; lessons: DraftLesson[]; latePercent: string };
export type DraftErrors = { name?: string; lessons?: string; latePercent?: string; weights: Set<string> };

export const keyOf = ({ course, lesson }: LessonKey): string => `${course}/${lesson}`;

/** Titles of all lessons by their key. */
export function titlesOf(courses: readonly Course[]): Record<string, { title: string; course: string }> {
  return Object.fromEntries(
    courses.flatMap((course) =>
      course.lessons.map(({ key, title }) => [keyOf(key), { title, course: course.title }]),
    ),
  );
}

/** The name of a lesson that may have been taken out of the content since. */
export function titleOf(lesson: LessonKey, titles: Record<string, { title: string }>): string {
  return titles[keyOf(lesson)]?.title ?? keyOf(lesson);
}

export function draftOf(settings: ClassSettings | null, locale: Locale): Draft {
  if (!settings) return { name: '', locale, lessons: [], latePercent: '100' };
  return {
    name: settings.name,
    locale: settings.locale,
    lessons: settings.lessons.map((one) => ({ ...one, weight: String(one.weight) })),
    latePercent: String(settings.latePercent),
  };
}

const wholeNumber = (text: string): number => (/^\d{1,3}$/.test(text.trim()) ? Number(text) : Number.NaN);

export function settingsOf(draft: Draft): ClassSettings {
  return {
    name: draft.name.trim(),
    locale: draft.locale,
    lessons: draft.lessons.map((one) => ({ ...one, weight: wholeNumber(one.weight) })),
    latePercent: wholeNumber(draft.latePercent),
  };
}

export function checkDraft(draft: Draft, t: ClassWords): DraftErrors | null {
  const errors: DraftErrors = { weights: new Set() };
  const name = draft.name.trim();
  if (name === '') errors.name = t.nameNeeded;
  if (name.length > CLASS_LIMITS.nameCharacters)
    errors.name = fill(t.nameLong, { max: CLASS_LIMITS.nameCharacters });
  if (!(wholeNumber(draft.latePercent) <= 100)) errors.latePercent = t.lateWrong;
  for (const { lesson, weight } of draft.lessons)
    if (!(wholeNumber(weight) <= CLASS_LIMITS.weight)) errors.weights.add(keyOf(lesson));
  if (errors.weights.size > 0) errors.lessons = fill(t.weightWrong, { most: CLASS_LIMITS.weight });
  if (draft.lessons.length === 0) errors.lessons = t.lessonsNeeded;
  return errors.name || errors.lessons || errors.latePercent ? errors : null;
}

/** Those that are in already stay where they are; what no longer fits is left out. */
export function addLessons(lessons: readonly DraftLesson[], keys: readonly LessonKey[]): DraftLesson[] {
  const there = new Set(lessons.map(({ lesson }) => keyOf(lesson)));
  const fresh = keys.filter((key) => !there.has(keyOf(key)));
  return [...lessons, ...fresh.map((lesson) => ({ lesson, dueAt: null, weight: '1' }))].slice(
    0,
    CLASS_LIMITS.lessons,
  );
}

/** One place up (-1) or down (1); at either end it stays. */
export function moveLesson(lessons: readonly DraftLesson[], at: number, by: -1 | 1): DraftLesson[] {
  const to = at + by;
  const moved = [...lessons];
  if (at < 0 || at >= moved.length || to < 0 || to >= moved.length) return moved;
  [moved[at], moved[to]] = [moved[to]!, moved[at]!];
  return moved;
}
