/** When something was, by the reader's own clock: `at 14:32`, and the day where it is not today. */
import { LANGUAGE_TAG, type Locale } from '#app/_lib/i18n/locale.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import type { HistoryWords } from '#app/_lib/i18n/en-history.ts';

export function clockTime(moment: Date, locale: Locale): string {
  return new Intl.DateTimeFormat(LANGUAGE_TAG[locale], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(moment);
}

export function whenWas(
  instant: string,
  now: Date,
  { t, locale }: { t: HistoryWords; locale: Locale },
): string {
  const moment = new Date(instant);
  const time = clockTime(moment, locale);
  if (moment.toDateString() === now.toDateString()) return fill(t.today, { time });
  const day = new Intl.DateTimeFormat(LANGUAGE_TAG[locale], { day: 'numeric', month: 'short' });
  return fill(t.earlier, { time, day: day.format(moment) });
}
