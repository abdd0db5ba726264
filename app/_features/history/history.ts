/** What is kept of a sandbox, as its page shows it: points in time, where one may go, and what makes a return undoable; pure. */
import type { History, Loss, RewindRequest, SnapshotView } from '#server/protocol/history.ts';
import type { LessonStep } from '#server/protocol/lesson.ts';
import { HISTORY_LIMITS } from '#server/protocol/numbers.ts';
import { isAhead } from './ahead.ts';

/** What is asked of the panel: all there is, a name for what is there now, or the beginning of the step at this index. */
export type Ask = 'timeline' | 'keep' | number;

export type Steps = readonly Pick<LessonStep, 'id' | 'title'>[];

/** Where one can go: back to what is kept, or to where the steps before lead. */
export type Target = { to: 'snapshot'; snapshot: SnapshotView } | { to: 'step'; index: number };

/** `ahead`: a step for which this machine is not ready. */
export type Point = { at: 'kept'; snapshot: SnapshotView } | { at: 'now' } | { at: 'ahead'; index: number };

/** From the start over now to what may come. */
export function pointsOf(history: History, steps: Steps, brought = -1): Point[] {
  const ahead = steps.map((_, index) => index).filter((index) => isAhead(steps, index, history, brought));
  return [
    ...history.snapshots.map((snapshot): Point => ({ at: 'kept', snapshot })),
    { at: 'now' },
    ...ahead.map((index): Point => ({ at: 'ahead', index })),
  ];
}

/** The step to read on at; null where it is not known: what is on the page stays. */
export function stepAfter(target: Target, steps: Steps): number | null {
  if (target.to === 'step') return target.index;
  const { kind, step } = target.snapshot;
  if (kind === 'start') return 0;
  const index = steps.findIndex(({ id }) => id === step);
  return index < 0 ? null : Math.min(index + 1, steps.length - 1);
}

export function toRequest(target: Target, steps: Steps): RewindRequest {
  return target.to === 'step'
    ? { to: 'step', step: steps[target.index]!.id }
    : { to: 'snapshot', snapshot: target.snapshot.id };
}

/** The snapshot that a target's losses are told against: who starts at a step goes by way of the start. */
export function lossesAgainst(target: Target, { snapshots }: History): string | null {
  if (target.to === 'snapshot') return target.snapshot.id;
  return snapshots.find(({ kind }) => kind === 'start')?.id ?? null;
}

export function named(snapshots: readonly SnapshotView[]): SnapshotView[] {
  return snapshots.filter(({ kind }) => kind === 'named');
}

export function hasRoom(snapshots: readonly SnapshotView[]): boolean {
  return named(snapshots).length < HISTORY_LIMITS.named;
}

/** How what is there now is kept before a return, so that the return can be undone. */
export type UndoPlan =
  | { keep: true; instead: null }
  /** One that was kept in the same way makes room. */
  | { keep: true; instead: SnapshotView }
  | { keep: false };

/** @param automatic ids of those that were kept before earlier returns */
export function planUndo(
  snapshots: readonly SnapshotView[],
  automatic: readonly string[],
  target: Target,
): UndoPlan {
  if (hasRoom(snapshots)) return { keep: true, instead: null };
  const wanted = target.to === 'snapshot' ? target.snapshot.id : null;
  const instead = named(snapshots).find(({ id }) => automatic.includes(id) && id !== wanted);
  return instead ? { keep: true, instead } : { keep: false };
}

/** The one that keeping has added; null where none is seen. */
export function added(before: readonly SnapshotView[], after: readonly SnapshotView[]): SnapshotView | null {
  const known = new Set(before.map(({ id }) => id));
  return after.findLast(({ id, kind }) => kind === 'named' && !known.has(id)) ?? null;
}

export const LOSS_KINDS = ['containers', 'images', 'volumes', 'networks', 'files'] as const;

export function isNothing(losses: readonly Loss[]): boolean {
  return losses.every((loss) => loss.more === 0 && LOSS_KINDS.every((kind) => loss[kind].length === 0));
}

/** Cuts what is too long for a line in its middle: names differ at either end. */
export function shorten(name: string, most = 60): string {
  const letters = [...name];
  if (letters.length <= most) return name;
  const half = Math.floor((most - 1) / 2);
  return `${letters.slice(0, half).join('')}…${letters.slice(-half).join('')}`;
}

/** Reads the ids that this browser kept; whatever is not one is forgotten. */
export function parseIds(text: string | null): string[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept)
      ? kept.filter((id) => typeof id === 'string').slice(-HISTORY_LIMITS.named)
      : [];
  } catch {
    return [];
  }
}
