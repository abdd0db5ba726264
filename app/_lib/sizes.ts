/** Sizes as people read them. Apart from times: every page of a lesson has sizes, few have more. */
/** Powers of 1000, as Docker prints the size of images; powers of 1024, as it prints memory. */
const DECIMAL = { base: 1000, units: ['B', 'kB', 'MB', 'GB', 'TB'] } as const;
const BINARY = { base: 1024, units: ['B', 'KiB', 'MiB', 'GiB', 'TiB'] } as const;

/** Three figures at most: `25.2 MB`. */
export function formatBytes(bytes: number): string {
  const { value, unit } = scale(bytes, DECIMAL);
  return `${value} ${unit}`;
}

/** `41 / 256 MiB`, or `272 MiB / 2 GiB` where the units differ: limits are set in powers of 1024. */
export function formatShare(used: number, limit: number): { used: string; limit: string } {
  const [a, b] = [scale(used, BINARY), scale(limit, BINARY)];
  return { used: a.unit === b.unit ? a.value : `${a.value} ${a.unit}`, limit: `${b.value} ${b.unit}` };
}

function scale(
  bytes: number,
  { base, units }: typeof DECIMAL | typeof BINARY,
): { value: string; unit: string } {
  let power = 0;
  let size = bytes;
  // Rounded up to a whole next unit, it is one: 999.95 kB reads as 1 MB.
  while (size >= base - 0.05 && power < units.length - 1) {
    size /= base;
    power++;
  }
  const value =
    power === 0 || size >= 99.95 ? Math.round(size).toString() : size.toFixed(1).replace(/\.0$/, '');
  return { value, unit: units[power]! };
}
