/** One lesson on the line: where the learner is with it, its name, and how long it takes. */
import type { LessonCard, LessonLink } from '#server/protocol/lesson.ts';
import { formatMinutes } from '#app/_lib/format.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import type { PageWords } from '#app/_lib/page-words.ts';
import { classes } from '#app/_ui/classes.ts';
import { lessonHref, stateOf, type LessonState } from './map.ts';

type RowProps = {
  words: PageWords;
  lesson: LessonCard;
  /** Best done before, and not done. */
  after: LessonLink[];
  /** Null: the lessons of this course have none. */
  number: number | null;
  before: LessonState | null;
  last: boolean;
};

export function LessonRow({ words, lesson, after, number, before, last }: RowProps) {
  const { t, locale } = words;
  const state = stateOf(lesson);
  const { points } = lesson.progress;
  // Before it is begun only: who is in the middle of it has decided.
  const advice =
    state === 'open' && after.length > 0
      ? `${t.learn.before} ${after.map(({ title }) => title).join(locale === 'en' ? ', ' : '、')}`
      : undefined;
  return (
    <li>
      <a
        href={lessonHref(locale, lesson)}
        data-tip={advice}
        className={classes(
          'grid h-11 items-center gap-2 rounded-touch text-md text-ink hover:bg-well hover:no-underline',
          number === null ? 'grid-cols-[20px_1fr_auto]' : 'grid-cols-[20px_20px_1fr_auto]',
        )}
      >
        <Station state={state} before={before} last={last} />
        {number !== null && <span className="text-right text-ink-3">{number}</span>}
        <span
          className={classes('truncate', state === 'done' && 'text-ink-2', state === 'now' && 'font-strong')}
        >
          {lesson.title}
          {state === 'done' && <span className="sr-only">, {t.home.finished}</span>}
          {advice && <span className="sr-only">. {advice}</span>}
        </span>
        {state === 'now' ? (
          <span className="pr-1 text-sm font-strong text-accent">
            {fill(t.home.stepOf, { step: lesson.progress.stepNumber ?? 1, steps: lesson.steps })}
          </span>
        ) : (
          <span className="pr-1 text-sm text-ink-3">
            {state === 'done' && points
              ? fill(t.learn.pointsOf, points)
              : formatMinutes(lesson.minutes, words)}
          </span>
        )}
      </a>
    </li>
  );
}

/** A station on the line: filled with a tick, half and ringed, or open; the line is thick where it was travelled. */
function Station({ state, before, last }: { state: LessonState; before: LessonState | null; last: boolean }) {
  return (
    <svg width="20" height="44" viewBox="0 -2 20 44" className="h-11" aria-hidden="true">
      {before && <Track from={-2} to={13} travelled={before === 'done'} />}
      {!last && <Track from={27} to={42} travelled={state === 'done'} />}
      {state === 'done' && (
        <>
          <circle cx="10" cy="20" r="6" fill="var(--ink)" />
          <path d="M7.2 20.2l2 2 3.6-4" fill="none" stroke="var(--paper)" strokeWidth="1.5" />
        </>
      )}
      {state === 'now' && (
        <>
          <circle cx="10" cy="20" r="7" fill="var(--paper)" stroke="var(--accent)" strokeWidth="2" />
          <path d="M10 16a4 4 0 0 1 0 8z" fill="var(--accent)" />
        </>
      )}
      {state === 'open' && (
        <circle cx="10" cy="20" r="5.5" fill="var(--paper)" stroke="var(--line-ui)" strokeWidth="1.25" />
      )}
    </svg>
  );
}

function Track({ from, to, travelled }: { from: number; to: number; travelled: boolean }) {
  return (
    <path
      d={`M10 ${from}V${to}`}
      stroke={travelled ? 'var(--ink)' : 'var(--line-2)'}
      strokeWidth={travelled ? 2 : 1}
    />
  );
}
