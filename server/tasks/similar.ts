/** Finds the name that was probably meant. */

/** The closest name within two slips of the finger (one for short names); null when nothing is close. */
export function closest(wanted: string, names: readonly string[]): string | null {
  const allowed = wanted.length <= 3 ? 1 : 2;
  const ranked = names
    .map((name) => ({ name, slips: distance(wanted.toLowerCase(), name.toLowerCase().slice(0, 128)) }))
    .filter(({ slips }) => slips <= allowed)
    .toSorted((a, b) => a.slips - b.slips);
  return ranked[0]?.name ?? null;
}

/** Levenshtein distance, row by row. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
