/** A moment by the reader's own clock, as a sentence has it: `due {when}`. */
'use client';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';
import { showMoment } from './moments.ts';
import { useTimeZone } from './use-browser.ts';

type MomentProps = { at: string; now: Date; sentence?: string };

export function Moment({ at, now, sentence = '{when}' }: MomentProps) {
  const { locale } = useI18n();
  const zone = useTimeZone();
  // Server and browser may know another edition of a language's commas.
  return (
    <time dateTime={at} suppressHydrationWarning>
      {fill(sentence, { when: showMoment(at, { locale, zone, now }) })}
    </time>
  );
}
