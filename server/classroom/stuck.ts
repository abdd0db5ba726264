/** How stuck somebody seems to be, and why, in words of numbers. */
import type { Stuck, StuckReason } from '../protocol/wall.ts';
import type { Standing } from './signals.ts';

const MINUTE_MS = 60_000;

/**
 * The sum of five parts, at most 100; a reason is given for each that counts, the heaviest first:
 *
 * | reason        | points                                                                                           |
 * | ------------- | ------------------------------------------------------------------------------------------------ |
 * | `no_progress` | 4 for each minute beyond the fourth that was spent since the last progress, at most 60             |
 * | `same_error`  | 12 for each time beyond the first that the same command ended alike within 15 minutes, at most 40  |
 * | `near_miss`   | 6 for each different near miss since the last progress, at most 24                                 |
 * | `hints`       | 8 for each hint or solution since the last progress, at most 24                                    |
 * | `machine`     | 35 while memory or disk are full or a machine is not there                                         |
 *
 * So 17 minutes alone, or ten with a few misses, reach the 50 at which somebody should look. Progress is a task that
 * ticks, a lesson that begins, a return to an earlier state. Of a pause five minutes count. Who is away or has finished
 * is not stuck. A raised hand is no part of it: it stands for itself.
 */
export function stuckOf(standing: Standing, { here, finished }: { here: boolean; finished: boolean }): Stuck {
  if (!here || finished) return { score: 0, reasons: [] };
  const { sameError, nearMisses, hints } = standing;
  const minutes = Math.floor(standing.workedMs / MINUTE_MS);
  const failedMinutes = Math.floor(sameError.sinceMs / MINUTE_MS);
  const parts: { points: number; reason: StuckReason }[] = [
    { points: between(0, 4 * (minutes - 4), 60), reason: { kind: 'no_progress', minutes } },
    {
      points: between(0, 12 * (sameError.times - 1), 40),
      reason: { kind: 'same_error', times: sameError.times, minutes: failedMinutes },
    },
    { points: between(0, 6 * nearMisses, 24), reason: { kind: 'near_miss', times: nearMisses } },
    { points: between(0, 8 * hints, 24), reason: { kind: 'hints', count: hints } },
    { points: standing.machineTrouble ? 35 : 0, reason: { kind: 'machine' } },
  ];
  const counting = parts.filter(({ points }) => points > 0).toSorted((a, b) => b.points - a.points);
  const sum = counting.reduce((total, { points }) => total + points, 0);
  return { score: Math.min(100, sum), reasons: counting.map(({ reason }) => reason) };
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
