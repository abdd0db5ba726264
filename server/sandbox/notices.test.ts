import { expect, test } from 'vitest';
import { FINE, noticesFor, type Levels } from './notices.ts';

function tell(shares: { disk?: number; memory?: number }[]): string[][] {
  let levels: Levels = FINE;
  return shares.map(({ disk = 0, memory = 0 }) => {
    const usage = {
      diskBytes: disk,
      ownDiskBytes: disk,
      diskLimitBytes: 1,
      memoryBytes: memory,
      memoryLimitBytes: 1,
      pids: 1,
    };
    const told = noticesFor(levels, usage);
    levels = told.levels;
    return told.notices;
  });
}

test('each level is told once on the way up', () => {
  expect(tell([{ disk: 0.5 }, { disk: 0.9 }, { disk: 0.91 }, { disk: 0.99 }, { disk: 1 }])).toEqual([
    [],
    ['disk_almost_full'],
    [],
    ['disk_full'],
    [],
  ]);
});

test('a value on the edge does not chatter, and one that fell and rose is told again', () => {
  expect(tell([{ disk: 0.86 }, { disk: 0.84 }, { disk: 0.86 }, { disk: 0.5 }, { disk: 0.86 }])).toEqual([
    ['disk_almost_full'],
    [],
    [],
    [],
    ['disk_almost_full'],
  ]);
});

test('going down from full is no news', () => {
  expect(tell([{ disk: 1 }, { disk: 0.9 }, { disk: 0.1 }])).toEqual([['disk_full'], [], []]);
});

test('memory is told before programs are refused', () => {
  expect(tell([{ memory: 0.5 }, { memory: 0.79 }, { memory: 0.79 }])).toEqual([[], ['memory_full'], []]);
});

test('without a limit there is nothing to tell', () => {
  const usage = {
    diskBytes: 9,
    ownDiskBytes: 9,
    diskLimitBytes: 0,
    memoryBytes: 0,
    memoryLimitBytes: 0,
    pids: 0,
  };
  expect(noticesFor(FINE, usage).notices).toEqual([]);
});
