import { describe, expect, test } from 'vitest';
import { stuckSchema, type StuckReason } from '../protocol/wall.ts';
import { Signals, type Happening } from './signals.ts';
import { stuckOf } from './stuck.ts';

const LESSON = { course: 'basics', lesson: 'hello' };
const at = (minute: number) => new Date(Date.UTC(2030, 0, 1, 10, 0) + minute * 60_000);

type Plain<One> = One extends unknown ? Omit<One, 'at' | 'lesson'> : never;
/** What happened, by minute, and how it looks at minute `now`. */
type Story = [minute: number, happening: Plain<Happening>][];

function stuckAfter(story: Story, now: number, where = { here: true, finished: false }) {
  const signals = new Signals();
  for (const [minute, happening] of story)
    signals.note({ at: at(minute), lesson: LESSON, ...happening } as Happening);
  return stuckSchema.parse(stuckOf(signals.at(at(now)), where));
}

const opened = { kind: 'opened' } as const;
const passed = { kind: 'passed', task: 'one' } as const;
const typed = (line = 'docker ps', exitCode = 0) => ({ kind: 'command', line, exitCode }) as const;
const near = (words: string) => ({ kind: 'near', task: 'two', words: { en: words, zh: words } }) as const;
const hint = { kind: 'hint', task: 'two' } as const;
const working = (from: number, to: number): Story =>
  Array.from({ length: to - from + 1 }, (_, index) => [from + index, typed()]);

const cases: [string, Story, number, number, StuckReason[]][] = [
  ['who has just begun is not stuck', [[0, opened]], 4, 0, []],
  ['nobody of whom nothing is known is stuck', [], 60, 0, []],
  [
    'ten minutes without a tick are worth a look at the reasons',
    [[0, opened], ...working(1, 10)],
    10,
    24,
    [{ kind: 'no_progress', minutes: 10 }],
  ],
  [
    'seventeen minutes alone call somebody',
    [[0, opened], ...working(1, 17)],
    17,
    52,
    [{ kind: 'no_progress', minutes: 17 }],
  ],
  [
    'time alone is never more than 60',
    [[0, opened], ...working(1, 90)],
    90,
    60,
    [{ kind: 'no_progress', minutes: 90 }],
  ],
  ['a tick begins anew', [[0, opened], ...working(1, 17), [17, passed]], 18, 0, []],
  [
    'so does going back',
    [...working(0, 17), [17, near('x')], [18, { kind: 'rewind', step: null }]],
    19,
    0,
    [],
  ],
  [
    'of a break only five minutes count',
    [
      [0, opened],
      [1, typed()],
      [120, typed()],
    ],
    121,
    12,
    [{ kind: 'no_progress', minutes: 7 }],
  ],
  ['one failure is none', [[0, typed('docker run', 1)]], 1, 0, []],
  [
    'the same command that fails alike is a reason, with its minutes',
    [
      [0, typed('docker run x', 125)],
      [1, typed('docker  run x ', 125)],
      [2, typed('docker run x', 125)],
    ],
    3,
    24,
    [{ kind: 'same_error', times: 3, minutes: 3 }],
  ],
  [
    'other failures each are not the same',
    [
      [0, typed('a', 1)],
      [1, typed('b', 1)],
      [1, typed('a', 2)],
    ],
    2,
    0,
    [],
  ],
  [
    'what works at last does not count',
    [
      [0, typed('a', 1)],
      [1, typed('a', 1)],
      [2, typed('a')],
    ],
    2,
    0,
    [],
  ],
  [
    'a program that was stopped by hand did not fail',
    [
      [0, typed('top', 130)],
      [1, typed('top', 130)],
    ],
    2,
    0,
    [],
  ],
  [
    'failures of long ago do not count',
    [
      [0, typed('a', 1)],
      [1, typed('a', 1)],
      [15, typed()],
      [20, passed],
    ],
    21,
    0,
    [],
  ],
  [
    'near misses count once for the same words',
    [
      [0, near('80→8080')],
      [1, near('80→8080')],
    ],
    1,
    6,
    [{ kind: 'near_miss', times: 1 }],
  ],
  [
    'hints count',
    [
      [0, hint],
      [1, hint],
    ],
    1,
    16,
    [{ kind: 'hints', count: 2 }],
  ],
  ['a full memory counts', [[0, { kind: 'machine', notice: 'memory_full' }]], 1, 35, [{ kind: 'machine' }]],
  ['for a while', [[0, { kind: 'machine', notice: 'memory_full' }]], 6, 0, []],
  [
    'a disk that is only almost full does not',
    [[0, { kind: 'machine', notice: 'disk_almost_full' }]],
    1,
    0,
    [],
  ],
  [
    'the heaviest reason stands first',
    [
      [0, hint],
      [1, near('a')],
      [1, near('b')],
      [2, typed('x', 1)],
      [3, typed('x', 1)],
      [4, typed('x', 1)],
      [5, typed('x', 1)],
    ],
    8,
    36 + 16 + 12 + 8,
    [
      { kind: 'same_error', times: 4, minutes: 6 },
      { kind: 'no_progress', minutes: 8 },
      { kind: 'near_miss', times: 2 },
      { kind: 'hints', count: 1 },
    ],
  ],
];

describe('the stuck score', () => {
  test.each(cases)('%s', (_, story, now, score, reasons) => {
    expect(stuckAfter(story, now)).toEqual({ score, reasons });
  });

  test('is never over 100', () => {
    const story: Story = [...working(0, 30), [30, hint], [30, hint], [30, hint]];
    for (let miss = 0; miss < 9; miss++) story.push([30, near(`${miss}`)], [30, typed('x', 1)]);
    expect(stuckAfter(story, 30).score).toBe(100);
  });

  test('is nothing for who is away or has finished', () => {
    const story = [...working(0, 30), [30, hint]] as Story;
    expect(stuckAfter(story, 31, { here: false, finished: false }).score).toBe(0);
    expect(stuckAfter(story, 31, { here: true, finished: true })).toEqual({ score: 0, reasons: [] });
  });
});
