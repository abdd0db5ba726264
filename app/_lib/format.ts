/** Sizes and times as people read them, in the page's language. */
import type { Dictionary } from './i18n/en.ts';
import { LANGUAGE_TAG, type Locale } from './i18n/locale.ts';
import { count, fill } from './i18n/words.ts';

type Words = { locale: Locale; t: Dictionary };

/** Powers of 1000, as Docker prints the size of images; powers of 1024, as it prints memory. */
const DECIMAL = { base: 1000, units: ['B', 'kB', 'MB', 'GB', 'TB'] } as const;
const BINARY = { base: 1024, units: ['B', 'KiB', 'MiB', 'GiB', 'TiB'] } as const;

/** Three figures at most: `25.2 MB`. */
export function formatBytes(bytes: number): string {
  const { value, unit } = scale(bytes, DECIMAL);
  return `${value} ${unit}`;
}

/** `41 / 256 MiB`, or `272 MiB / 2 GiB` where the units differ: limits are set in powers of 1024. */
export function formatShare(used: number, limit: number): { used: string; limit: string } {
  const [a, b] = [scale(used, BINARY), scale(limit, BINARY)];
  return { used: a.unit === b.unit ? a.value : `${a.value} ${a.unit}`, limit: `${b.value} ${b.unit}` };
}

function scale(
  bytes: number,
  { base, units }: typeof DECIMAL | typeof BINARY,
): { value: string; unit: string } {
  let power = 0;
  let size = bytes;
  // Rounded up to a whole next unit, it is one: 999.95 kB reads as 1 MB.
  while (size >= base - 0.05 && power < units.length - 1) {
    size /= base;
    power++;
  }
  const value =
    power === 0 || size >= 99.95 ? Math.round(size).toString() : size.toFixed(1).replace(/\.0$/, '');
  return { value, unit: units[power]! };
}

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

/** Two letters for a round badge: `Lin Tao` → `LT`, `林涛` → `林`. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/).filter(Boolean);
  const first = [...(parts[0] ?? '?')][0]!;
  if (/\p{Script=Han}/u.test(first)) return first;
  const last = parts.length > 1 ? [...parts.at(-1)!][0]! : '';
  return (first + last).toUpperCase();
}
