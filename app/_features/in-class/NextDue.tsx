/** A line for each class that the reader learns in: what it asks for next, and until when. */
import { GraduationCap } from 'lucide-react';
import type { Membership } from '#server/protocol/classes.ts';
import type { Course } from '#server/protocol/lesson.ts';
import { formatAgo, formatUntil } from '#app/_lib/format.ts';
import { enInClass } from '#app/_lib/i18n/en-in-class.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { zhInClass } from '#app/_lib/i18n/zh-in-class.ts';
import type { PageWords } from '#app/_lib/page-words.ts';
import { isOver } from './classroom.ts';
import { nextDue } from './next-due.ts';

type DueProps = { words: PageWords; learning: readonly Membership[]; courses: readonly Course[]; now: Date };

export function NextDue({ words, learning, courses, now }: DueProps) {
  const { locale } = words;
  const t = locale === 'zh' ? zhInClass : enInClass;
  if (learning.length === 0) return null;
  return (
    <section aria-label={t.classes} className="mb-6">
      <ul>
        {learning.map((membership) => {
          const next = nextDue(membership, courses);
          return (
            <li
              key={membership.class}
              className="flex flex-wrap items-center gap-x-3 border-b border-line py-2 text-md"
            >
              <GraduationCap className="flex-none text-ink-2" />
              <span className="min-w-0 wrap-anywhere text-ink-2">{membership.name}</span>
              {next ? (
                <a
                  href={`/${locale}/learn/${next.card.key.course}/${next.card.key.lesson}`}
                  className="font-strong"
                >
                  {next.card.title}
                </a>
              ) : (
                <span className="text-ink-2">{t.allDone}</span>
              )}
              {next?.dueAt && <Due at={next.dueAt} now={now} words={words} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Told as a distance: the same in every time zone, which the server does not know. */
function Due({ at, now, words }: { at: string; now: Date; words: PageWords }) {
  const t = words.locale === 'zh' ? zhInClass : enInClass;
  const over = isOver(at, now);
  return (
    <time dateTime={at} className={over ? 'text-near' : 'text-ink-2'}>
      {over
        ? fill(t.wasDueAgo, { when: formatAgo(at, now, words.locale) })
        : fill(t.isDueIn, { time: formatUntil(at, now, words) })}
    </time>
  );
}
