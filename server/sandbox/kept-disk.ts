/**
 * What snapshots cost. The kernel counts for each disk what it refers to and what no other shares; how much all snapshots
 * of a machine hold together is told by neither. It is the sum of what each of them added when it was taken, less what went
 * with those that were removed; and what the machine itself still refers to of that sum costs nothing more.
 */
import type { MachineUsage, SnapshotTaken } from '../engine/contract.ts';

/** `baseBytes`: what the disk had in common with others before the first snapshot, its golden disk mostly. */
export type Kept = { baseBytes: number; addedBytes: number };

type DiskUse = Pick<MachineUsage, 'diskBytes' | 'ownDiskBytes'>;

/** So much of the disk stays writable however much is kept. */
const WRITABLE_MIN_BYTES = 16 * 1024 * 1024;

export function withTaken(kept: Kept | undefined, { diskBytes, ownDiskBytes }: SnapshotTaken): Kept {
  return {
    baseBytes: kept?.baseBytes ?? Math.max(0, diskBytes - ownDiskBytes),
    addedBytes: (kept?.addedBytes ?? 0) + ownDiskBytes,
  };
}

/** @param ownBytes what no other disk shared of the one that is gone */
export function withDropped(kept: Kept | undefined, ownBytes: number): Kept | undefined {
  return kept && { ...kept, addedBytes: Math.max(0, kept.addedBytes - ownBytes) };
}

/** Held by nothing but snapshots. Where a learner removed what came with the machine it is less in truth, never more. */
export function heldBytes(kept: Kept | undefined, { diskBytes, ownDiskBytes }: DiskUse): number {
  if (!kept) return 0;
  const stillShared = Math.max(0, diskBytes - ownDiskBytes - kept.baseBytes);
  return Math.max(0, kept.addedBytes - stillShared);
}

/** What the machine may refer to, so that it and what is kept of it together stay within its disk. */
export function writableBytes(limitBytes: number, held: number): number {
  return Math.max(WRITABLE_MIN_BYTES, limitBytes - held);
}
