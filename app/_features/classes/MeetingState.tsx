/** What is announced, whether this server has room for it, and how far it is with the machines. */
'use client';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { HalfMoon, Tick } from '#app/_ui/Marks.tsx';
import { Progress } from '#app/_ui/Meter.tsx';
import type { MeetingView } from '#server/protocol/meeting.ts';
import { titleOf } from './draft.ts';
import { dayAndTime, progressOf, verdictOf } from './meeting.ts';
import { useTimeZone } from './use-browser.ts';
import { meetingWords } from './words.ts';

type StateProps = { meeting: MeetingView; titles: Record<string, { title: string }>; now: Date };

export function MeetingState({ meeting, titles, now }: StateProps) {
  const { locale } = useI18n();
  const t = meetingWords(locale);
  const zone = useTimeZone();
  const when = (instant: string) => dayAndTime(instant, t, { locale, zone, now });
  const { text, bar, isReady } = progressOf(meeting, t, { locale, when });
  const isOver = meeting.stage === 'over';
  return (
    <div className="mt-4 flex max-w-(--measure) flex-col gap-1.5 text-md text-pretty">
      {!isOver && (
        <p className="flex flex-wrap gap-x-3 font-strong">
          <time dateTime={meeting.at} className="first-letter:uppercase" suppressHydrationWarning>
            {when(meeting.at)}
          </time>
          <span>{titleOf(meeting.lesson, titles)}</span>
        </p>
      )}
      {!isOver && <Room meeting={meeting} />}
      {/* What the bar counts is not read aloud each time; that it has ended is. */}
      <div role="status" aria-live={bar ? 'off' : 'polite'} className="flex items-baseline gap-2">
        {isReady && <Tick className="size-2.5 flex-none" />}
        <p suppressHydrationWarning>{text}</p>
      </div>
      {bar && <Progress label={text} {...bar} />}
    </div>
  );
}

function Room({ meeting }: { meeting: MeetingView }) {
  const { locale } = useI18n();
  const { figures, isEnough, verdict } = verdictOf(meeting, meetingWords(locale), locale);
  const Mark = isEnough ? Tick : HalfMoon;
  return (
    <>
      <p className="text-ink-2">{figures.join(locale === 'en' ? ' ' : '')}</p>
      <p className="flex items-baseline gap-2">
        <Mark className="size-2.5 flex-none" />
        <span>{verdict}</span>
      </p>
    </>
  );
}
