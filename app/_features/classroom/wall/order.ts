/** Which tiles are shown and in which order; and how the order is held while somebody points at it. Pure. */
import type { Tile } from '#server/protocol/wall.ts';
import { lessonId, type Outline } from './outline.ts';

/** From this score on somebody should look. */
export const STUCK_FROM = 50;

export const SORTS = ['stuck', 'name', 'step'] as const;
export type Sort = (typeof SORTS)[number];

export type Filter = {
  hands: boolean;
  stuck: boolean;
  /** Of this lesson alone; null: of all. */
  lesson: string | null;
  /** Part of a name. */
  name: string;
};

export const NO_FILTER: Filter = { hands: false, stuck: false, lesson: null, name: '' };

export function isStuck(tile: Tile): boolean {
  return tile.stuck.score >= STUCK_FROM;
}

export function isAsleep({ sandbox }: Tile): boolean {
  return sandbox?.state === 'asleep';
}

export function passes(tile: Tile, filter: Filter): boolean {
  if (filter.hands && !tile.handAt) return false;
  if (filter.stuck && !isStuck(tile)) return false;
  if (filter.lesson !== null && (!tile.lesson || lessonId(tile.lesson) !== filter.lesson)) return false;
  return folded(tile.name).includes(folded(filter.name.trim()));
}

/** `Zoë` is found by `zoe`. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Ids, in order. */
export function arrange(
  tiles: Iterable<Tile>,
  { sort, filter, outlines }: { sort: Sort; filter: Filter; outlines: readonly Outline[] },
): string[] {
  const shown = [...tiles].filter((tile) => passes(tile, filter));
  const byName = new Intl.Collator().compare;
  const compare: Record<Sort, (a: Tile, b: Tile) => number> = {
    // Who asks comes first, who has asked longest before all; then who seems to need it.
    stuck: (a, b) =>
      handOrder(a, b) ||
      b.stuck.score - a.stuck.score ||
      restOrder(a) - restOrder(b) ||
      byName(a.name, b.name),
    name: (a, b) => byName(a.name, b.name),
    // Who is furthest behind comes first.
    step: (a, b) => reached(a, outlines) - reached(b, outlines) || byName(a.name, b.name),
  };
  return shown.toSorted(compare[sort]).map(({ learner }) => learner);
}

function handOrder(a: Tile, b: Tile): number {
  if (!a.handAt || !b.handAt) return Number(Boolean(b.handAt)) - Number(Boolean(a.handAt));
  return Date.parse(a.handAt) - Date.parse(b.handAt);
}

/** Who works, who has finished, who sleeps, who has never come. */
function restOrder(tile: Tile): number {
  if (tile.presence === 'never') return 3;
  if (isAsleep(tile)) return 2;
  return tile.finishedAt ? 1 : 0;
}

const STEPS_MOST = 100;
const TASKS_MOST = 100;

/** How far through all lessons of the class, as one number that grows; who has never come is beyond all. */
function reached(tile: Tile, outlines: readonly Outline[]): number {
  if (tile.presence === 'never') return Number.POSITIVE_INFINITY;
  if (!tile.lesson) return -1;
  const id = lessonId(tile.lesson);
  const lesson = outlines.findIndex(({ key }) => lessonId(key) === id);
  const step = tile.finishedAt
    ? STEPS_MOST - 1
    : Math.max(0, outlines[lesson]?.steps.findIndex((candidate) => candidate.id === tile.step) ?? 0);
  const passed = tile.tasks.filter(({ state }) => state === 'passed' || state === 'helped').length;
  return (lesson * STEPS_MOST + step) * TASKS_MOST + passed;
}

/**
 * The order while somebody points at it: nobody moves, who comes stands at the end.
 * Who went, or fits the filter no more, keeps the place until it is let go.
 */
export function held(shown: readonly string[], wanted: readonly string[]): readonly string[] {
  const known = new Set(shown);
  const fresh = wanted.filter((learner) => !known.has(learner));
  return fresh.length === 0 ? shown : [...shown, ...fresh];
}

export function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((learner, index) => learner === b[index]);
}

/** Where an arrow leads in a grid of so many columns; the index itself where there is no further. */
export function arrowTo(
  key: string,
  { index, columns, total }: { index: number; columns: number; total: number },
): number | null {
  const to: Record<string, number> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index - columns,
    ArrowDown: index + columns,
    Home: 0,
    End: total - 1,
  };
  const next = to[key];
  if (next === undefined) return null;
  return next >= 0 && next < total ? next : index;
}
