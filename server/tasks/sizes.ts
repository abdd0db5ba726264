/** Sizes as `docker run -m` takes them. */
const FACTORS: Record<string, number> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** `256m` → bytes; no letter means bytes. */
export function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([bkmg]?)$/.exec(text);
  if (!match) throw new Error(`invariant: ${text} is no size`);
  return Math.round(Number(match[1]) * FACTORS[match[2] || 'b']!);
}

/** Bytes → `256m`, the shortest whole form, or rounded to one digit after the point. */
export function formatSize(bytes: number): string {
  const letter = ['g', 'm', 'k'].find((unit) => bytes >= FACTORS[unit]!) ?? 'b';
  return `${Math.round((bytes / FACTORS[letter]!) * 10) / 10}${letter}`;
}

/** Bytes → `108MB`, about as `docker images` writes it: thousands, not 1024s. */
export function formatImageSize(bytes: number): string {
  const [factor, unit] = bytes >= 1e9 ? [1e9, 'GB'] : bytes >= 1e6 ? [1e6, 'MB'] : [1e3, 'kB'];
  const value = bytes / factor;
  return `${value >= 10 ? Math.round(value) : Math.round(value * 10) / 10}${unit}`;
}
