/** Finds what was probably meant: the word that is one or two slips away. */

/** Slips are letters that are wrong, missing, too many, or two in each other's place; null where nothing is near. */
export function nearest(word: string, among: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  // A short word is soon near to anything.
  const most = wanted.length < 4 ? 1 : 2;
  let best: string | null = null;
  let least = most + 1;
  for (const one of among) {
    if (Math.abs(one.length - wanted.length) > most) continue;
    const slips = slipsBetween(wanted, one.toLowerCase());
    if (slips < least) [best, least] = [one, slips];
  }
  return best;
}

function slipsBetween(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        next[j] = Math.min(next[j]!, before[j - 2]! + 1);
    }
    [before, row] = [row, next];
  }
  return row[to.length]!;
}
