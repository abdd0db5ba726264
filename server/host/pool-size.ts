/** How large the disk pool of machines is made. */
import { SetUpError } from './errors.ts';

const GIB = 1024 ** 3;
/** Left free for the host, the catalog and the engine's images. */
export const RESERVE_BYTES = 6 * GIB;
const SMALLEST_CHOSEN_BYTES = 8 * GIB;
const LARGEST_CHOSEN_BYTES = 200 * GIB;
/** Beside a pool of a size that was asked for, the engine's and the catalog's files need this much. */
const RESERVE_BESIDE_WANTED_BYTES = 2 * GIB;

/** @param wantedBytes what the operator asks for; null: two thirds of what is free beyond the reserve. */
export function choosePoolBytes(freeBytes: number, wantedBytes: number | null): number {
  const chosen = wantedBytes ?? Math.min(((freeBytes - RESERVE_BYTES) * 2) / 3, LARGEST_CHOSEN_BYTES);
  const fits = wantedBytes === null || wantedBytes + RESERVE_BESIDE_WANTED_BYTES <= freeBytes;
  if (fits && (wantedBytes !== null || chosen >= SMALLEST_CHOSEN_BYTES))
    return Math.floor(chosen / 1024 ** 2) * 1024 ** 2;
  const needs =
    wantedBytes === null
      ? SMALLEST_CHOSEN_BYTES * 1.5 + RESERVE_BYTES
      : wantedBytes + RESERVE_BESIDE_WANTED_BYTES;
  throw new SetUpError('too_little_disk', {
    sentence: `Too little disk: ${inGib(freeBytes)} free, ${inGib(needs)} needed.`,
    wayOut:
      'Free some space, put the data on another disk (DRYDOCK_DATA=/other/disk), or ask for a smaller pool (DRYDOCK_POOL_MB=4096).',
  });
}

function inGib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}
