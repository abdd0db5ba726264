/** When something is due or was said, by the reader's own clock: `14:32`, `Fri 18:00`, `21 Nov 18:00`. */
import { LANGUAGE_TAG, type Locale } from '#app/_lib/i18n/locale.ts';

const DAY_MS = 24 * 3600_000;
/** Within these a weekday says it without doubt. */
const WEEK_MS = 6 * DAY_MS;

export function moment(instant: string, now: Date, locale: Locale): string {
  const at = new Date(instant);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(LANGUAGE_TAG[locale], options).format(at);
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (at.toDateString() === now.toDateString()) return time;
  const isNear = Math.abs(at.getTime() - now.getTime()) < WEEK_MS;
  const day = isNear ? format({ weekday: 'short' }) : format({ day: 'numeric', month: 'short' });
  return `${day} ${time}`;
}
