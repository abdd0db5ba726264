import { expect, test } from 'vitest';
import { heldBytes, withDropped, withTaken, writableBytes, type Kept } from './kept-disk.ts';

const MIB = 1024 * 1024;
/** A disk that refers to `all`, of which no other has `own`. */
const disk = (all: number, own: number) => ({ diskBytes: all * MIB, ownDiskBytes: own * MIB });

/** 100 MiB came with the machine, 5 were written before the first snapshot. */
const start = withTaken(undefined, disk(105, 5));

test('what a machine still has is held by nobody but itself', () => {
  expect(heldBytes(undefined, disk(105, 5))).toBe(0);
  expect(heldBytes(start, disk(105, 0))).toBe(0);
  expect(heldBytes(start, disk(305, 200))).toBe(0);
});

test('what was kept and then removed is held, however many snapshots share it', () => {
  let kept: Kept | undefined = withTaken(start, disk(305, 200));
  kept = withTaken(kept, disk(305, 0));
  expect(heldBytes(kept, disk(305, 0))).toBe(0);
  expect(heldBytes(kept, disk(105, 0))).toBe(200 * MIB);
  // Neither of the two has it alone: only with the second does it go.
  kept = withDropped(kept, 0);
  expect(heldBytes(kept, disk(105, 0))).toBe(200 * MIB);
  kept = withDropped(kept, 200 * MIB);
  expect(heldBytes(kept, disk(105, 0))).toBe(0);
});

test('what is written anew after going back counts once', () => {
  const kept = withTaken(start, disk(205, 100));
  // The start again: the hundred is held, and a new fifty is the machine's own.
  expect(heldBytes(kept, disk(155, 50))).toBe(100 * MIB);
});

test('the machine may write what is left, and always a little', () => {
  expect(writableBytes(600 * MIB, 0)).toBe(600 * MIB);
  expect(writableBytes(600 * MIB, 200 * MIB)).toBe(400 * MIB);
  expect(writableBytes(600 * MIB, 700 * MIB)).toBe(16 * MIB);
});
