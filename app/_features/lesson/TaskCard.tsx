/** The tasks at one place of a step: done ones quiet, the open one with its near miss and its help. */
'use client';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { useLessonActions } from './actions.tsx';
import { TaskRow } from './TaskRow.tsx';

export function TaskCard({ ids }: { ids: string[] }) {
  const { t } = useI18n();
  const { states } = useLessonActions();
  const done = ids.filter((id) => states[id]?.passed).length;
  return (
    <div className="card">
      <header className="flex h-7 items-center justify-between">
        <h2 className="text-md font-strong">{t.lesson.tasks}</h2>
        <span className="text-sm text-ink-3">{fill(t.lesson.tasksDone, { done, total: ids.length })}</span>
      </header>
      <ul className="tasks">
        {ids.map((id) => (
          <TaskRow key={id} id={id} />
        ))}
      </ul>
    </div>
  );
}
