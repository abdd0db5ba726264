/** What a task is worth: all of it alone, less with each hint, nothing once the solution was shown. */
import type { TaskRecord } from '#server/store/contract.ts';
import { POINTS_PER_HINT, POINTS_PER_TASK } from '../protocol/numbers.ts';

/** Who did it with hints did it all the same. */
const LEAST = 1;

export function pointsFor({ hintsGiven, solved }: Pick<TaskRecord, 'hintsGiven' | 'solved'>): number {
  return solved ? 0 : Math.max(LEAST, POINTS_PER_TASK - POINTS_PER_HINT * hintsGiven);
}
