/** One quiet line on the next meeting, as it was when the page was asked for; leads to where it is set. */
'use client';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import type { MeetingView } from '#server/protocol/meeting.ts';
import { dayAndTime, wallWords } from './meeting.ts';
import { useTimeZone } from './use-browser.ts';
import { meetingWords } from './words.ts';

type LineProps = { id: string; meeting: MeetingView; now: Date };

export function MeetingLine({ id, meeting, now }: LineProps) {
  const { locale } = useI18n();
  const t = meetingWords(locale);
  const zone = useTimeZone();
  const more = wallWords(meeting, t, locale);
  return (
    <p className="flex flex-wrap gap-x-1.5 text-ink-3">
      <a
        href={`/${locale}/classes/${id}/settings#meeting`}
        className="text-ink-2 underline underline-offset-3"
      >
        {t.title}
      </a>
      <time dateTime={meeting.at} className="text-ink-2" suppressHydrationWarning>
        {dayAndTime(meeting.at, t, { locale, zone, now })}
      </time>
      {more && (
        <>
          <span aria-hidden="true">·</span>
          <span className={meeting.wanted === 0 ? 'text-near' : undefined}>{more}</span>
        </>
      )}
    </p>
  );
}
