/** Moments as an instructor sets them and everybody reads them: by the reader's own clock, told in one way. */
import { LANGUAGE_TAG, type Locale } from '#app/_lib/i18n/locale.ts';
import type { ClassLesson } from '#server/protocol/classes.ts';

/** `Fri 27 Nov, 18:00`; with the year where it is another one than now. */
export function showMoment(
  instant: string,
  { locale, zone, now }: { locale: Locale; zone: string; now: Date },
): string {
  const moment = new Date(instant);
  const year = (at: Date) => new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone }).format(at);
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : LANGUAGE_TAG[locale], {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(year(moment) === year(now) ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(moment);
}

/** What a `datetime-local` field shows of an instant, by the clock of `zone`. */
export function toField(instant: string | null, zone: string): string {
  if (instant === null) return '';
  const parts = new Intl.DateTimeFormat('en', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The instant that a `datetime-local` field means by this machine's clock; null where it is empty or none. */
export function fromField(value: string): string | null {
  const moment = new Date(value);
  return value === '' || Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

/** The first date that is still to come. */
export function nextDue(lessons: readonly Pick<ClassLesson, 'dueAt'>[], now: Date): string | null {
  const coming = lessons
    .flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt]))
    .filter((dueAt) => Date.parse(dueAt) > now.getTime());
  return coming.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}
