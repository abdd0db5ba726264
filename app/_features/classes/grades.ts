/** The gradebook's order and figures; pure. */
import { LANGUAGE_TAG, type Locale } from '#app/_lib/i18n/locale.ts';
import type { GradeRow } from '#server/protocol/gradebook.ts';

/** A lesson's column by its place. */
export type Column = 'name' | 'total' | number;
export type Sorting = { by: Column; down: boolean };

/** Names upward, scores from the best: what is looked for first. The same column again turns it round. */
export function sortNext(now: Sorting, by: Column): Sorting {
  return now.by === by ? { by, down: !now.down } : { by, down: by !== 'name' };
}

/** What was never opened comes last either way; equals stand by name. */
export function sortRows(rows: readonly GradeRow[], { by, down }: Sorting, locale: Locale): GradeRow[] {
  const names = new Intl.Collator(LANGUAGE_TAG[locale], { numeric: true });
  const byName = (a: GradeRow, b: GradeRow) => names.compare(a.name, b.name);
  if (by === 'name') return rows.toSorted((a, b) => (down ? -1 : 1) * byName(a, b));
  const score = (row: GradeRow) => (by === 'total' ? row.total : (row.scores[by]?.score ?? null));
  return rows.toSorted((a, b) => {
    const [left, right] = [score(a), score(b)];
    if (left === right) return byName(a, b);
    if (left === null) return 1;
    if (right === null) return -1;
    return (down ? -1 : 1) * (left - right);
  });
}

/** At most one digit behind the point, and none where it is a whole. */
export function showScore(score: number, locale: Locale): string {
  return new Intl.NumberFormat(LANGUAGE_TAG[locale], { maximumFractionDigits: 1 }).format(score);
}
