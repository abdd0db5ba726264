/** A question: choose or type, check, and hear in words how near it was. */
'use client';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import type { TaskInfo } from '#server/protocol/lesson.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { Button } from '#app/_ui/Button.tsx';
import { INPUT } from '#app/_ui/input.ts';
import { Cross, HalfMoon, Ring, Tick } from '#app/_ui/Marks.tsx';
import { classes } from '#app/_ui/classes.ts';
import { useLessonActions } from './actions.tsx';
import { TaskHelp } from './TaskHelp.tsx';
import { Worth } from './Worth.tsx';

export function Quiz({ id }: { id: string }) {
  const { t, locale } = useI18n();
  const { tasks, states, current, canAsk, answer } = useLessonActions();
  const [value, setValue] = useState('');
  const [checking, setChecking] = useState(false);
  const titleId = useId();
  const asker = useRef<Element>(null);
  const right = useRef<HTMLParagraphElement>(null);
  const task = tasks[id];
  const state = states[id];
  const passed = state?.passed ?? false;
  const given = state?.facts.find(({ field, ok }) => field === 'answer' && ok)?.actual ?? null;
  // Field and button go with the question: who asked by them is left at the answer, and not at the top of the page.
  useEffect(() => {
    const { activeElement, body } = document;
    if (passed && asker.current && [asker.current, body].includes(activeElement!)) right.current?.focus();
  }, [passed]);
  if (!task?.answer) return null;
  const near = !passed && (state?.near ?? false);
  const mayCheck = canAsk && value.trim() !== '' && !checking;

  const check = async (event: FormEvent) => {
    event.preventDefault();
    if (!mayCheck) return;
    asker.current = document.activeElement;
    setChecking(true);
    await answer(id, value.trim());
    setChecking(false);
  };

  return (
    <section
      className="card"
      aria-labelledby={titleId}
      data-task={id}
      data-state={passed ? 'passed' : near ? 'near' : 'open'}
    >
      <header className="flex gap-2 py-1 text-md">
        <span className="w-5 flex-none pt-1.5">
          {passed ? (
            <Tick className="size-3.25 tick-in" label={t.lesson.stateDone} />
          ) : near ? (
            <HalfMoon className="size-3.25" label={t.lesson.stateNear} />
          ) : (
            <Ring className="size-3.25" label={t.lesson.taskOpen} />
          )}
        </span>
        <h2 id={titleId} className="text-md font-strong">
          {task.title}
          {state && <Worth state={state} />}
        </h2>
      </header>
      <form onSubmit={(event) => void check(event)} className="flex flex-wrap items-center gap-2 pl-7">
        <Answer
          task={task}
          value={passed && given !== null ? String(Number(given) - 1) : value}
          onChange={setValue}
          labelledBy={titleId}
          passed={passed}
        />
        {!passed && (
          <Button type="submit" aria-disabled={!mayCheck}>
            {checking ? t.lesson.checking : t.lesson.check}
          </Button>
        )}
      </form>
      <div role="status" className="pl-7 text-md">
        {passed && (
          <p ref={right} tabIndex={-1} className="mt-1 text-ink-2">
            {t.lesson.right}
          </p>
        )}
        {near && (
          <p className="mt-1 flex items-baseline gap-2">
            <Cross className="size-2.75 flex-none" label={t.lesson.factWrong} />
            {state?.facts.find((fact) => !fact.ok && fact.words)?.words?.[locale] ?? t.lesson.notYet}
          </p>
        )}
      </div>
      {!passed && canAsk && state && (near || id === current) && (
        <div className="pl-7 text-md">
          <TaskHelp state={state} asks />
        </div>
      )}
    </section>
  );
}

type AnswerProps = {
  task: TaskInfo;
  /** What was typed; of a choice its position. */
  value: string;
  onChange: (value: string) => void;
  labelledBy: string;
  passed: boolean;
};

function Answer({ task, value, onChange, labelledBy, passed }: AnswerProps) {
  const { t } = useI18n();
  const name = useId();
  if (task.answer?.kind === 'choice')
    return (
      <div role="radiogroup" aria-labelledby={labelledBy} className="choices">
        {task.answer.options.map((option, index) => (
          <label key={option} className={classes('choice', passed && 'text-ink-2')}>
            <input
              type="radio"
              name={name}
              checked={value === String(index)}
              disabled={passed}
              onChange={() => onChange(String(index))}
            />
            {option}
          </label>
        ))}
      </div>
    );
  if (passed) return null;
  return (
    <input
      aria-labelledby={labelledBy}
      className={`${INPUT} h-(--hit)! max-w-60`}
      inputMode={task.answer?.kind === 'number' ? 'decimal' : 'text'}
      placeholder={task.answer?.kind === 'number' ? t.lesson.number : t.lesson.answer}
      autoComplete="off"
      spellCheck={false}
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
