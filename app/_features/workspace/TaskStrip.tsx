/** On a phone, above the terminal: the task at hand and how near it is; a tap goes back to the text. */
'use client';
import type { LessonStep } from '#server/protocol/lesson.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { classes } from '#app/_ui/classes.ts';
import { Cross, HalfMoon, Ring, Tick } from '#app/_ui/Marks.tsx';
import { currentTask, type TaskStates } from '../lesson/blocks.ts';

type StripProps = { step: LessonStep; states: TaskStates; onOpen: () => void };

export function TaskStrip({ step, states, onOpen }: StripProps) {
  const { t, locale } = useI18n();
  const total = step.tasks.length;
  if (total === 0) return null;
  const id = currentTask(step, states);
  const task = step.tasks.find((candidate) => candidate.id === id);
  const state = id === null ? undefined : states[id];
  const miss = state?.near ? state.facts.find((fact) => !fact.ok) : undefined;
  const done = step.tasks.filter((candidate) => states[candidate.id]?.passed).length;
  return (
    <button
      type="button"
      className={classes(
        'grid w-full flex-none grid-cols-[13px_1fr_auto] items-center gap-2.5 border-b border-line px-4 py-2 text-left text-md leading-5 wide:hidden',
        miss && 'bg-near-wash',
      )}
      onClick={onOpen}
    >
      {!task ? (
        <Tick className="size-3.25" />
      ) : miss ? (
        <HalfMoon className="size-3.25" label={t.lesson.stateNear} />
      ) : (
        <Ring className="size-3.25" />
      )}
      <span className="min-w-0">
        <span className="block truncate font-strong">{task?.title ?? t.lesson.allDone}</span>
        {miss && (
          <span className="block truncate">
            <Cross className="mr-1 inline size-2.5" /> {miss.words?.[locale] ?? miss.label[locale]}
          </span>
        )}
      </span>
      <span className="text-ink-2">
        {done} / {total}
      </span>
    </button>
  );
}
