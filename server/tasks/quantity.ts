/** Counts against what was asked: a number, or a range. */
import type { Quantity } from '#server/lessons/expectation.ts';
import type { Localized } from '../protocol/ids.ts';

export function satisfies(count: number, wanted: Quantity): boolean {
  if (typeof wanted === 'number') return count === wanted;
  return count >= (wanted.min ?? 0) && count <= (wanted.max ?? Infinity);
}

export function describeQuantity(wanted: Quantity): Localized {
  if (typeof wanted === 'number') return { en: String(wanted), zh: String(wanted) };
  const { min, max } = wanted;
  if (min !== undefined && max !== undefined) return { en: `${min} to ${max}`, zh: `${min} 到 ${max}` };
  if (max !== undefined) return { en: `at most ${max}`, zh: `至多 ${max}` };
  return { en: `at least ${min ?? 0}`, zh: `至少 ${min ?? 0}` };
}
