/** Times as people read them, in the page's language. */
import type { Dictionary } from './i18n/en.ts';
import { LANGUAGE_TAG, type Locale } from './i18n/locale.ts';
import { count, fill } from './i18n/words.ts';

type Words = { locale: Locale; t: Dictionary };

/** `15 min`, `1 h 35`, `2 h`. */
export function formatMinutes(minutes: number, { t }: Words): string {
  const whole = Math.max(0, Math.round(minutes));
  if (whole < 60) return fill(t.time.minutes, { count: whole });
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  return rest === 0
    ? fill(t.time.hours, { hours })
    : fill(t.time.hoursMinutes, { hours, minutes: String(rest).padStart(2, '0') });
}

/** A wait: seconds while it is short, then minutes. */
export function formatWait(seconds: number, words: Words): string {
  return seconds < 90
    ? fill(words.t.time.seconds, { count: Math.max(1, Math.round(seconds)) })
    : formatMinutes(seconds / 60, words);
}

/** How long until an instant: days, else hours and minutes. */
export function formatUntil(until: string, now: Date, words: Words): string {
  const minutes = Math.max(0, (Date.parse(until) - now.getTime()) / 60_000);
  const days = Math.floor(minutes / 1440);
  return days >= 1 ? count(words.locale, words.t.time.days, days) : formatMinutes(minutes, words);
}

/** `5 minutes ago`, `yesterday`: the same in every time zone, so that server and browser agree. */
export function formatAgo(instant: string, now: Date, locale: Locale): string {
  const format = new Intl.RelativeTimeFormat(LANGUAGE_TAG[locale], { numeric: 'auto' });
  const minutes = Math.max(0, (now.getTime() - Date.parse(instant)) / 60_000);
  if (minutes < 1) return format.format(0, 'second');
  if (minutes < 60) return format.format(-Math.round(minutes), 'minute');
  if (minutes < 1440) return format.format(-Math.round(minutes / 60), 'hour');
  return format.format(-Math.round(minutes / 1440), 'day');
}
