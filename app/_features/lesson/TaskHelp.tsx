/** Help in rising order: hints one by one, then the commands that solve it. */
'use client';
import { Lightbulb } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { POINTS_PER_HINT } from '#server/protocol/numbers.ts';
import type { Solution, TaskState } from '#server/protocol/tasks.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button } from '#app/_ui/Button.tsx';
import { useLessonActions } from './actions.tsx';
import { HelpPart } from './HelpPart.tsx';

type HelpProps = {
  state: TaskState;
  /** A question's answer comes as words of its task, not as commands. */
  asks?: boolean;
};

export function TaskHelp({ state, asks = false }: HelpProps) {
  const { t, locale } = useI18n();
  const { hint, solve } = useLessonActions();
  const [solution, setSolution] = useState<Solution | null>(null);
  const given = state.hintsGiven.length;
  // A hint that was asked for may be here before its answer is: then the next one can be asked for.
  const [askedAt, setAskedAt] = useState<number | null>(null);
  const asking = askedAt === given;
  const help = useRef<HTMLDivElement>(null);
  // The last button goes when it is pressed: its focus stays with the help that came. All go when the task has passed: then
  // the focus stays with the task.
  const handOn = useCallback(
    (button: HTMLButtonElement) => () => {
      if (document.activeElement !== button) return;
      (help.current ?? button.closest<HTMLElement>('[data-task]'))?.focus();
    },
    [],
  );
  // Points that are gone cannot be lost again.
  const cost = Math.min(POINTS_PER_HINT, (state.points ?? 0) - 1);

  const ask = async (work: () => Promise<unknown>) => {
    if (asking) return;
    setAskedAt(given);
    await work();
    setAskedAt(null);
  };

  return (
    <>
      <div ref={help} tabIndex={-1}>
        {given > 0 && (
          <ol aria-label={t.lesson.hints} className="mt-1 list-none">
            {state.hintsGiven.map((words) => (
              <li key={words.en} className="flex gap-2 py-0.5">
                <Lightbulb className="mt-1 text-ink-2" />
                <span className="min-w-0">{words[locale]}</span>
              </li>
            ))}
          </ol>
        )}
        {solution && !asks && <HelpPart part="solution" solution={solution} />}
      </div>
      {(given < state.hintsTotal || !solution) && (
        <div className="mt-1.5 -ml-2 flex flex-wrap gap-1">
          {given < state.hintsTotal && (
            <Button
              ref={handOn}
              kind="text"
              aria-disabled={asking}
              onClick={() => void ask(() => hint(state.id))}
            >
              <Lightbulb />
              {fill(cost > 0 ? t.learn.hintCosts : t.lesson.hint, {
                given: given + 1,
                total: state.hintsTotal,
                cost,
              })}
            </Button>
          )}
          {!solution && (
            <Button
              ref={handOn}
              kind="text"
              aria-disabled={asking}
              onClick={() => void ask(async () => setSolution(await solve(state.id)))}
            >
              {(state.points ?? 0) > 0 ? t.learn.showCosts : t.lesson.showMe}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
