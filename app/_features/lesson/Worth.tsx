/** In a scored course: what a task has earned, or can still earn. */
'use client';
import type { TaskState } from '#server/protocol/tasks.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { count } from '#app/_lib/i18n/words.ts';

export function Worth({ state: { points, passed } }: { state: TaskState }) {
  const { t, locale } = useI18n();
  if (points === null) return null;
  return (
    <span className="float-right ml-2 text-sm font-normal text-ink-3" data-points={points}>
      {count(locale, passed ? t.learn.points : t.learn.worth, points)}
    </span>
  );
}
