/** One task: its mark, its title, and while it is open the near miss in the learner's own numbers and the help. */
'use client';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { classes } from '#app/_ui/classes.ts';
import { HalfMoon, Ring, Tick } from '#app/_ui/Marks.tsx';
import { useLessonActions } from './actions.tsx';
import { HelpPart } from './HelpPart.tsx';
import { TaskHelp } from './TaskHelp.tsx';
import { Worth } from './Worth.tsx';

export function TaskRow({ id }: { id: string }) {
  const { t } = useI18n();
  const { tasks, states, current, canAsk, typing } = useLessonActions();
  const state = states[id];
  const passed = state?.passed ?? false;
  const near = !passed && (state?.near ?? false);
  return (
    <li
      tabIndex={-1}
      data-task={id}
      data-state={passed ? 'passed' : near ? 'near' : 'open'}
      className={classes(
        'grid grid-cols-[20px_1fr] gap-x-2 text-md',
        near ? '-mx-3 mt-1 rounded-touch bg-near-wash px-3 pt-2 pb-2.5' : 'py-1.5',
      )}
    >
      <span className="pt-1.5">
        {passed ? (
          <Tick className="size-3.25 tick-in" label={t.lesson.stateDone} />
        ) : near ? (
          <HalfMoon className="size-3.25" label={t.lesson.stateNear} />
        ) : (
          <Ring className="size-3.25" label={t.lesson.taskOpen} />
        )}
      </span>
      <div className="min-w-0">
        <p className={classes(passed ? 'text-ink-2' : (near || id === current) && 'font-strong')}>
          {state && <Worth state={state} />}
          {tasks[id]?.title ?? id}
          {passed && state?.solved && <span className="text-sm text-ink-3"> · {t.lesson.helped}</span>}
        </p>
        {near && <HelpPart part="facts" facts={state?.facts ?? []} />}
        {state && ((!passed && canAsk && (near || id === current)) || typing?.task === id) && (
          <TaskHelp state={state} />
        )}
      </div>
    </li>
  );
}
