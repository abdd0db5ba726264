/** What numbers and instants of a tile read like, in the page's language; pure. */
import { formatMinutes, formatWait } from '#app/_lib/format.ts';
import { LANGUAGE_TAG, type Locale } from '#app/_lib/i18n/locale.ts';
import { count, fill } from '#app/_lib/i18n/words.ts';
import type { StuckReason, Tile } from '#server/protocol/wall.ts';
import { stepNumber, type Outline } from './wall/outline.ts';
import type { Words } from './words.ts';

const JUST_NOW_SECONDS = 5;

/** `now`, `20 s`, `4 min`, `1 h 35`, `2 days`: in steps that let 200 tiles rest between two changes. */
export function ageOf(instant: string, nowMs: number, { locale, t, w }: Words): string {
  const seconds = Math.max(0, (nowMs - Date.parse(instant)) / 1000);
  if (seconds < JUST_NOW_SECONDS) return w.now;
  if (seconds < 60) return formatWait(Math.floor(seconds / 5) * 5, { locale, t });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 24 * 60) return formatMinutes(minutes, { locale, t });
  return count(locale, t.time.days, Math.floor(minutes / 1440));
}

/** `4 min`: how long a hand is up; a moment counts as one minute. */
export function handAge(instant: string, nowMs: number, { locale, t }: Words): string {
  return formatMinutes(Math.max(1, Math.floor((nowMs - Date.parse(instant)) / 60_000)), { locale, t });
}

/** `same error 4 times, 9 min`, at most two of them: what weighs most stands first. */
export function reasonsOf(reasons: readonly StuckReason[], words: Words, most = 2): string {
  return reasons
    .slice(0, most)
    .map((reason) => reasonOf(reason, words))
    .join(words.w.between);
}

export function reasonOf(reason: StuckReason, { locale, w }: Words): string {
  switch (reason.kind) {
    case 'no_progress':
      return count(locale, w.reasons.noProgress, reason.minutes);
    case 'same_error':
      return reason.minutes > 0
        ? fill(w.reasons.sameError, reason)
        : fill(w.reasons.sameErrorNow, { times: reason.times });
    case 'near_miss':
      return count(locale, w.reasons.nearMiss, reason.times);
    case 'hints':
      return count(locale, w.reasons.hints, reason.count);
    case 'machine':
      return w.reasons.machine;
  }
}

/** What stands where the reasons stand, for who is not at work: `finished`, `asleep since 14:02`, `not here yet`. */
export function standing(tile: Tile, { locale, w }: Words): string | null {
  if (tile.presence === 'never') return w.notHere;
  if (tile.finishedAt) return w.finished;
  switch (tile.sandbox?.state) {
    case 'asleep':
      return tile.activeAt
        ? fill(w.asleepSince, { time: clockTime(new Date(tile.activeAt), locale) })
        : w.asleep;
    case 'queued':
      return w.queued;
    case 'preparing':
      return w.preparing;
    default:
      if (!tile.lesson) return w.noLesson;
      return tile.presence === 'away' ? w.away : null;
  }
}

export function clockTime(moment: Date, locale: Locale, seconds = false): string {
  return new Intl.DateTimeFormat(LANGUAGE_TAG[locale], {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(moment);
}

/** `1:40`, `1:02:05`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

export function isPassed({ state }: { state: Tile['tasks'][number]['state'] }): boolean {
  return state === 'passed' || state === 'helped';
}

/** A tile's tasks of the step that its learner is in; all of them where the step is not known. */
export function tasksOfStep(tile: Tile, outline: Outline | null): Tile['tasks'] {
  const step = outline?.steps.find(({ id }) => id === tile.step);
  if (!step) return tile.tasks;
  const ids = new Set(step.tasks.map(({ id }) => id));
  return tile.tasks.filter(({ id }) => ids.has(id));
}

/** The whole tile as a sentence, for who cannot see it. */
export function sentence(tile: Tile, outline: Outline | null, nowMs: number, words: Words): string {
  const { w } = words;
  const step = stepNumber(outline, tile.step);
  const { command } = tile;
  return [
    tile.name,
    tile.handAt && fill(w.handSince, { time: handAge(tile.handAt, nowMs, words) }),
    standing(tile, words),
    tile.stuck.score > 0 && fill(w.stuckScore, { score: tile.stuck.score }),
    tile.stuck.reasons.length > 0 && reasonsOf(tile.stuck.reasons, words, 5),
    step !== null && fill(w.step, { step }),
    tile.tasks.length > 0 &&
      fill(w.tasksDone, { passed: tile.tasks.filter(isPassed).length, count: tile.tasks.length }),
    command && fill(w.lastCommand, { line: command.line, exit: fill(w.exit, { code: command.exitCode }) }),
  ]
    .filter(Boolean)
    .join(w.between);
}
