/** Under the last step of a finished lesson: what was earned, and where to go from here. */
'use client';
import { RotateCcw } from 'lucide-react';
import type { Lesson } from '#server/protocol/lesson.ts';
import { POINTS_PER_TASK } from '#server/protocol/numbers.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Button, ButtonLink } from '#app/_ui/Button.tsx';
import { Tick } from '#app/_ui/Marks.tsx';
import { useLessonActions } from './actions.tsx';

export function LessonEnd({ lesson }: { lesson: Lesson }) {
  const { t, locale } = useI18n();
  const { states, restart } = useLessonActions();
  const points = pointsOf(lesson, Object.values(states));
  const { next } = lesson;
  return (
    <section className="card" aria-labelledby="lesson-end">
      <h2 id="lesson-end" className="flex items-center gap-2 text-md font-strong">
        <Tick className="size-3.25" />
        {t.learn.endTitle}
        {points && (
          <span className="ml-auto text-sm font-normal text-ink-2" data-points={points.earned}>
            {fill(t.learn.pointsOf, points)}
          </span>
        )}
      </h2>
      <div className="mt-2 -ml-2 flex flex-wrap items-center gap-1">
        <ButtonLink
          kind="text"
          href={next ? `/${locale}/learn/${next.key.course}/${next.key.lesson}` : `/${locale}`}
        >
          {next ? fill(t.learn.nextUp, { title: next.title }) : t.lesson.toCourses}
        </ButtonLink>
        <Button kind="text" className="text-ink-2!" onClick={restart}>
          <RotateCcw />
          {t.learn.restart}
        </Button>
      </div>
    </section>
  );
}

/** Null where the course is not scored. */
function pointsOf(lesson: Lesson, states: readonly { points: number | null; passed: boolean }[]) {
  if (!states.some(({ points }) => points !== null)) return null;
  const earned = states.reduce((sum, { points, passed }) => sum + (passed ? (points ?? 0) : 0), 0);
  const tasks = lesson.steps.reduce((sum, step) => sum + step.tasks.length, 0);
  return { earned, most: tasks * POINTS_PER_TASK };
}
