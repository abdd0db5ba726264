/** Back, what is left to do here, and on. */
'use client';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Lesson } from '#server/protocol/lesson.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { Button, ButtonLink } from '#app/_ui/Button.tsx';
import type { Steps } from './use-steps.ts';

/** `open`: the first step with tasks left, -1 when there is none. */
type FooterProps = { lesson: Lesson; at: Steps; left: number; open: number };

export function StepFooter({ lesson, at, left, open }: FooterProps) {
  const { t, locale } = useI18n();
  const last = at.index === lesson.steps.length - 1;
  const hasTasks = (lesson.steps[at.index]?.tasks.length ?? 0) > 0;
  // Who is through with the rest has not finished yet.
  const skipped = last && left === 0 && open >= 0;
  // The way on is the one thing to do once nothing is left here.
  const kind = left === 0 ? 'go' : 'plain';
  return (
    <footer className="flex min-h-14 flex-none items-center gap-3 border-t border-line px-5 wide:px-8">
      {at.index > 0 && (
        <Button kind="text" className="-ml-2 text-ink-2!" onClick={() => at.go(at.index - 1)}>
          <ChevronLeft />
          {t.lesson.back}
        </Button>
      )}
      {at.index === 0 && lesson.previous && (
        <ButtonLink
          kind="text"
          className="-ml-2 text-ink-2!"
          data-tip={lesson.previous.title}
          href={`/${locale}/learn/${lesson.previous.key.course}/${lesson.previous.key.lesson}`}
        >
          <ChevronLeft />
          {t.learn.previousLesson}
        </ButtonLink>
      )}
      <span className="ml-auto text-ink-3">
        {left > 0
          ? count(locale, t.lesson.tasksLeft, left)
          : last && open < 0
            ? t.lesson.finished
            : !skipped && hasTasks && t.lesson.allDone}
      </span>
      {skipped && (
        <Button kind="text" onClick={() => at.go(open)}>
          {fill(t.learn.openStep, { step: open + 1 })}
        </Button>
      )}
      {!last && (
        <Button kind={kind} onClick={() => at.go(at.index + 1)}>
          {t.lesson.next}
          <ChevronRight />
        </Button>
      )}
      {last && (
        <ButtonLink
          kind={kind}
          href={
            lesson.next
              ? `/${locale}/learn/${lesson.next.key.course}/${lesson.next.key.lesson}`
              : `/${locale}`
          }
        >
          {lesson.next ? t.lesson.nextLesson : t.lesson.toCourses}
          <ChevronRight />
        </ButtonLink>
      )}
    </footer>
  );
}
