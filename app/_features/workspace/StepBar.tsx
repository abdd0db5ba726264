/** How far along: one bar per step, the present one thick; each leads to its step. */
'use client';
import type { LessonStep } from '#server/protocol/lesson.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { classes } from '#app/_ui/classes.ts';
import type { Steps } from './use-steps.ts';

export function StepBar({ steps, at }: { steps: LessonStep[]; at: Steps }) {
  const { t } = useI18n();
  return (
    <nav aria-label={t.lesson.steps} className="flex items-center gap-2 text-ink-2">
      <ol className="flex">
        {steps.map((step, index) => (
          <li key={step.id}>
            <button
              type="button"
              aria-label={`${fill(t.lesson.step, { step: index + 1, steps: steps.length })}: ${step.title}`}
              aria-current={index === at.index ? 'step' : undefined}
              data-tip={step.title}
              className="grid h-(--hit) w-4 items-center px-0.5 wide:w-6"
              onClick={() => at.go(index)}
            >
              <span
                className={classes(
                  'block',
                  index === at.index ? 'h-2 bg-accent' : 'h-1',
                  index < at.index && 'bg-ink',
                  index > at.index && 'bg-line-2',
                )}
              />
            </button>
          </li>
        ))}
      </ol>
      <span className="max-wide:hidden" aria-hidden="true">
        {at.index + 1} / {steps.length}
      </span>
    </nav>
  );
}
