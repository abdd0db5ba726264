/** A class's next meeting: what is typed of it, and in words whether this server has room and how far its machines are; pure. */
import type { MeetingWords } from '#app/_lib/i18n/en-meeting.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { count, fill } from '#app/_lib/i18n/words.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { Meeting, MeetingView } from '#server/protocol/meeting.ts';
import { CLASS_LIMITS } from '#server/protocol/numbers.ts';
import { fromField, showMoment, toField } from './moments.ts';

/** A meeting that has begun can still be changed for this long. */
const LATE_MS = 30 * 60_000;

export type TypedMeeting = { at: string; learners: string; lesson: LessonKey };
export type MeetingErrors = { at?: string; learners?: string };

/** @param typed `at` as a `datetime-local` field has it, by this machine's clock */
export function readMeeting(
  typed: TypedMeeting,
  t: MeetingWords,
  now = new Date(),
): { meeting: Meeting } | { errors: MeetingErrors } {
  const most = CLASS_LIMITS.learners;
  const at = fromField(typed.at);
  const learners = /^\d{1,4}$/.test(typed.learners.trim()) ? Number(typed.learners) : Number.NaN;
  const errors: MeetingErrors = {};
  if (at === null) errors.at = t.atNeeded;
  else if (Date.parse(at) + LATE_MS <= now.getTime()) errors.at = t.atPast;
  if (!(learners >= 1 && learners <= most)) errors.learners = fill(t.learnersWrong, { most });
  return at === null || errors.at || errors.learners
    ? { errors }
    : { meeting: { at, learners, lesson: typed.lesson } };
}

export type Verdict = {
  /** What they need, what is there, and what others have announced. */
  figures: string[];
  isEnough: boolean;
  /** `It fits.`, or who would wait and what helps. */
  verdict: string;
};

export function verdictOf(view: MeetingView, t: MeetingWords, locale: Locale): Verdict {
  const { learners, machines, capacity, used, others, waiting } = view;
  const inUse = used === 0 ? t.usedNone : count(locale, t.used, used);
  const figures = [
    fill(count(locale, t.need, learners), { machines: count(locale, t.machines, machines) }),
    fill(t.room, { capacity, used: inUse }),
    ...(others > 0 ? [count(locale, t.others, others)] : []),
  ];
  if (waiting === 0) return { figures, isEnough: true, verdict: t.fits };
  const queue =
    waiting === learners
      ? count(locale, t.queueAll, waiting)
      : fill(count(locale, t.queue, waiting), { learners });
  return { figures, isEnough: false, verdict: join(locale, [queue, adviceOf(view, t)]) };
}

function adviceOf({ learners, machines, capacity, used, waiting }: MeetingView, t: MeetingWords): string {
  const alone = Math.floor(Math.max(0, capacity - used) / (machines / learners));
  if (alone >= learners) return t.adviseTime;
  const places = learners - waiting;
  const names = [t.groups.two, t.groups.three, t.groups.four];
  const groups = places > 0 ? names[Math.ceil(learners / places) - 2] : undefined;
  return groups ? fill(t.adviseGroups, { groups }) : t.adviseMemory;
}

export type Progress = {
  text: string;
  /** Of machines, while they are being made. */
  bar: { done: number; total: number } | null;
  isReady: boolean;
};

/** How far it is with the machines. @param when an instant in the reader's words */
export function progressOf(
  view: MeetingView,
  t: MeetingWords,
  { locale, when }: { locale: Locale; when: (instant: string) => string },
): Progress {
  const { stage, ahead, ready, wanted, came, learners } = view;
  const plain = (text: string): Progress => ({ text, bar: null, isReady: false });
  if (stage === 'over') return plain(t.over);
  const here = came === 0 ? [] : [came >= learners ? t.cameAll : count(locale, t.came, came)];
  if (!ahead) return plain(join(locale, [t.notAhead, ...here]));
  if (stage === 'planned') return plain(fill(t.planned, { when: when(view.warmFrom) }));
  if (stage === 'warming')
    return {
      text: join(locale, [fill(t.warming, { ready, wanted }), ...here]),
      bar: { done: ready, total: wanted },
      isReady: false,
    };
  if (wanted > 0)
    return { text: join(locale, [count(locale, t.ready, ready), ...here]), bar: null, isReady: true };
  return plain(join(locale, came >= learners ? here : [t.noPlace, ...here]));
}

/** What the wall says beside the time: machines that wait, or learners who would; null where neither is worth a word. */
export function wallWords(view: MeetingView, t: MeetingWords, locale: Locale): string | null {
  const { ready, wanted, waiting } = view;
  if (wanted > 0) return fill(t.made, { ready, wanted });
  return waiting > 0 ? count(locale, t.wallQueue, waiting) : null;
}

/** `today 10:00`, `tomorrow 10:00`, then `Fri 27 Nov, 10:00`. */
export function dayAndTime(
  instant: string,
  t: MeetingWords,
  { locale, zone, now }: { locale: Locale; zone: string; now: Date },
): string {
  const [day, time] = toField(instant, zone).split('T') as [string, string];
  const [today] = toField(now.toISOString(), zone).split('T');
  if (day === today) return fill(t.today, { time });
  if (day === dayAfter(today!)) return fill(t.tomorrow, { time });
  return showMoment(instant, { locale, zone, now });
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** Chinese sentences need no space between them. */
const join = (locale: Locale, sentences: string[]) => sentences.join(locale === 'en' ? ' ' : '');
