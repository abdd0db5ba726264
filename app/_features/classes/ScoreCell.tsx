/** One learner's score in one lesson: figures, and lateness and help by a shape with a word. */
'use client';
import { Clock, Eye, Lightbulb } from 'lucide-react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { Tick } from '#app/_ui/Marks.tsx';
import type { Score } from '#server/protocol/gradebook.ts';
import { showScore } from './grades.ts';
import { rosterWords } from './words.ts';

export function ScoreCell({
  score: { score, passed, total, late, hinted, solved, finishedAt },
}: {
  score: Score;
}) {
  const { locale } = useI18n();
  const t = rosterWords(locale);
  if (score === null)
    return (
      <td>
        <span className="text-ink-3" title={t.unopened}>
          –<span className="sr-only">{t.unopened}</span>
        </span>
      </td>
    );
  return (
    <td>
      <span className="flex items-center gap-2 whitespace-nowrap">
        <span className="font-strong">{showScore(score, locale)}</span>
        <span className="text-sm text-ink-2" title={fill(t.passedOf, { passed, total })}>
          {passed}/{total}
        </span>
        {finishedAt !== null && <Tick className="size-2.5" label={t.finished} />}
      </span>
      <span className="flex flex-wrap gap-x-3 text-sm text-ink-2">
        {late > 0 && (
          <span className="grades-mark text-near">
            <Clock aria-hidden="true" />
            {fill(t.late, { count: late })}
          </span>
        )}
        {hinted > 0 && (
          <span className="grades-mark">
            <Lightbulb aria-hidden="true" />
            {fill(t.hinted, { count: hinted })}
          </span>
        )}
        {solved > 0 && (
          <span className="grades-mark">
            <Eye aria-hidden="true" />
            {fill(t.solved, { count: solved })}
          </span>
        )}
      </span>
    </td>
  );
}

export function Legend() {
  const t = rosterWords(useI18n().locale);
  const rows = [
    ['100', t.legendScore],
    [<Clock key="late" aria-hidden="true" />, t.legendLate],
    [<Lightbulb key="hint" aria-hidden="true" />, t.legendHinted],
    [<Eye key="shown" aria-hidden="true" />, t.legendSolved],
    ['–', t.legendUnopened],
  ] as const;
  return (
    <section aria-label={t.legend} className="mt-6 text-sm text-ink-2">
      <h2 className="font-strong">{t.legend}</h2>
      <dl className="mt-1 grid grid-cols-[40px_1fr] gap-y-1">
        {rows.map(([mark, text]) => (
          <div key={text} className="contents">
            <dt className="flex items-center font-strong text-ink">{mark}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
