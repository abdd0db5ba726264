/** The one thing to do now: start, continue, or the next lesson. */
import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LessonCard } from '#server/protocol/lesson.ts';
import { formatAgo } from '#app/_lib/format.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import type { PageWords } from '#app/_lib/page-words.ts';
import { ButtonLink } from '#app/_ui/Button.tsx';
import { DockAtWork, EmptyDock } from '#app/_ui/DockFigure.tsx';
import { lessonHref, type Suggestion } from './map.ts';

type HeroText = {
  over: string | null;
  title: string;
  text: string;
  go: string | null;
  lesson: LessonCard | null;
};

type HeroProps = {
  words: PageWords;
  suggestion: Suggestion;
  now: Date;
  /** Beside "continue": the way to begin that lesson anew. */
  again: ReactNode;
};

export function Hero({ words, suggestion, now, again }: HeroProps) {
  const { over, title, text, go, lesson } = heroText(words, suggestion, now);
  return (
    <div className="grid items-center gap-6 wide:grid-cols-[232px_1fr] wide:gap-10">
      {suggestion.kind === 'empty' ? (
        <EmptyDock className="max-wide:hidden" />
      ) : (
        <DockAtWork className="max-wide:hidden" />
      )}
      <div className="flex h-full flex-col">
        {over && <p className="text-ink-3">{over}</p>}
        <h1 className="my-1 text-xl font-strong tracking-[-0.01em] text-balance">{title}</h1>
        <p className="max-w-[56ch] text-body leading-6.5 text-pretty text-ink-2">{text}</p>
        {lesson && go && (
          <p className="mt-auto flex flex-wrap items-center gap-2 pt-4">
            <ButtonLink kind="go" href={lessonHref(words.locale, lesson)}>
              {go}
              <ArrowRight />
            </ButtonLink>
            {again}
          </p>
        )}
      </div>
    </div>
  );
}

function heroText({ locale, t }: PageWords, suggestion: Suggestion, now: Date): HeroText {
  const { home } = t;
  switch (suggestion.kind) {
    case 'empty':
      return { over: null, title: home.empty, text: home.emptyText, go: null, lesson: null };
    case 'all-done':
      return { over: null, title: home.allDone, text: home.allDoneText, go: null, lesson: null };
    case 'start':
      return {
        over: null,
        title: home.newcomer,
        text: fill(home.newcomerText, { title: suggestion.lesson.title }),
        go: home.start,
        lesson: suggestion.lesson,
      };
    case 'next':
      return {
        over: home.continueDone,
        title: suggestion.lesson.title,
        text: suggestion.lesson.summary,
        go: home.open,
        lesson: suggestion.lesson,
      };
    case 'continue': {
      const { lesson, openedAt } = suggestion;
      const number = lesson.progress.stepNumber ?? 1;
      const step = fill(home.continueStep, {
        step: number,
        steps: lesson.steps,
        title: lesson.stepTitles[number - 1] ?? lesson.title,
      });
      return {
        over: fill(home.continueAt, { when: formatAgo(openedAt, now, locale) }),
        title: lesson.title,
        text: `${step}${locale === 'en' ? ' ' : ''}${lesson.summary}`,
        go: home.continue,
        lesson,
      };
    }
  }
}
