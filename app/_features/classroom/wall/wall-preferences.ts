/** How an instructor last looked at a class, kept in this browser. */
import { SORTS, type Sort } from './order.ts';
import type { TileSize } from './TileGrid.tsx';

export type WallPreferences = {
  sort: Sort;
  size: TileSize;
  /** Whose tasks are shown; null: where most are. */
  lesson: string | null;
};

const USUAL: WallPreferences = { sort: 'stuck', size: 'usual', lesson: null };
const SIZES: readonly TileSize[] = ['dense', 'usual', 'large'];

const placeOf = (classId: string) => `drydock-wall-${classId}`;

/** Whatever is not known falls back. */
export function parsePreferences(text: string | null): WallPreferences {
  let kept: Partial<Record<string, unknown>>;
  try {
    kept = Object(JSON.parse(text ?? '{}')) as typeof kept;
  } catch {
    return USUAL;
  }
  return {
    sort: SORTS.find((sort) => sort === kept.sort) ?? USUAL.sort,
    size: SIZES.find((size) => size === kept.size) ?? USUAL.size,
    lesson: typeof kept.lesson === 'string' ? kept.lesson : USUAL.lesson,
  };
}

/** Browser only. */
export function readPreferences(classId: string): WallPreferences {
  return parsePreferences(localStorage.getItem(placeOf(classId)));
}

export function keepPreferences(classId: string, preferences: WallPreferences): void {
  localStorage.setItem(placeOf(classId), JSON.stringify(preferences));
}
