/** The reading column: one step of the lesson, and the way to the steps around it. */
'use client';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Lesson } from '#server/protocol/lesson.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { useVoice } from '#app/_ui/Toasts.tsx';
import { tasksLeft, type TaskStates } from '../lesson/blocks.ts';
import { Blocks } from '../lesson/Blocks.tsx';
import { SeldomPart } from './SeldomPart.tsx';
import { StepFooter } from './StepFooter.tsx';
import { StepMenu, type PastOfStep } from './StepMenu.tsx';
import type { Steps } from './use-steps.ts';

type ReadingProps = {
  lesson: Lesson;
  /** Said above the first step. */
  before: ReactNode;
  states: TaskStates;
  at: Steps;
  past: PastOfStep;
};

export function ReadingPane({ lesson, before, states, at, past }: ReadingProps) {
  const { t } = useI18n();
  const { say } = useVoice();
  const text = useRef<HTMLElement>(null);
  const from = useRef(at.index);
  const step = lesson.steps[at.index]!;
  const open = lesson.steps.findIndex((each) => tasksLeft(each, states) > 0);
  const finished = open < 0;

  useEffect(() => {
    text.current?.scrollTo({ top: 0 });
    say(step.title);
    // Who walks on reads on: what had the focus may have gone with the step before.
    if (from.current !== at.index) text.current?.focus();
    from.current = at.index;
  }, [at.index, step.title, say]);

  return (
    <>
      <article
        ref={text}
        tabIndex={0}
        aria-label={t.lesson.reading}
        data-pane="read"
        className="min-h-0 flex-1 overflow-y-auto px-5 pt-5 pb-6 -outline-offset-2! wide:px-8 wide:pt-7"
      >
        <div className="prose">
          <div className="flex items-center justify-between text-sm text-ink-3">
            {fill(t.lesson.step, { step: at.index + 1, steps: lesson.steps.length })}
            <StepMenu step={step.id} index={at.index} past={past} />
          </div>
          <h1 className="mt-1 mb-3 text-xl font-strong tracking-[-0.01em] text-balance">{step.title}</h1>
          {at.index === 0 && before}
          {at.index > 0 && past.history && (
            <SeldomPart
              part="start-here"
              steps={lesson.steps}
              index={at.index}
              history={past.history}
              brought={past.brought}
              onStart={past.onAsk}
            />
          )}
          {/* A step's open asides and typed answers are its own. */}
          <Blocks key={step.id} blocks={step.blocks} />
          {finished && at.index === lesson.steps.length - 1 && <SeldomPart part="end" lesson={lesson} />}
        </div>
      </article>
      <StepFooter lesson={lesson} at={at} left={tasksLeft(step, states)} open={open} />
    </>
  );
}
