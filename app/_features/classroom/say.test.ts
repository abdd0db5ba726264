import { expect, test } from 'vitest';
import { en } from '#app/_lib/i18n/en.ts';
import { enWall } from '#app/_lib/i18n/en-wall.ts';
import { zh } from '#app/_lib/i18n/zh.ts';
import { zhWall } from '#app/_lib/i18n/zh-wall.ts';
import { ageOf, duration, handAge, reasonsOf, sentence, standing, tasksOfStep } from './say.ts';
import { before, NOON, OUTLINES, tile } from './testing/tiles.ts';

const EN = { locale: 'en', t: en, w: enWall } as const;
const ZH = { locale: 'zh', t: zh, w: zhWall } as const;

test('an age is told in steps that grow', () => {
  const age = (seconds: number) => ageOf(before(seconds), NOON, EN);
  expect([age(-3), age(4), age(13), age(59)]).toEqual(['now', 'now', '10 s', '55 s']);
  expect([age(60), age(3599), age(5700), age(200_000)]).toEqual(['1 min', '59 min', '1 h 35', '2 days']);
  expect(handAge(before(10), NOON, EN)).toBe('1 min');
});

test('reasons read as words, the heaviest first, two at most on a tile', () => {
  const reasons = [
    { kind: 'same_error', times: 4, minutes: 9 },
    { kind: 'hints', count: 1 },
    { kind: 'machine' },
  ] as const;
  expect(reasonsOf(reasons, EN)).toBe('same error 4 times, 9 min, 1 hint');
  expect(reasonsOf(reasons, ZH, 5)).toBe('9 分钟内同样的错误 4 次，1 个提示，机器有问题');
  expect(reasonsOf([{ kind: 'near_miss', times: 3 }], EN)).toBe('near miss 3 times');
  expect(reasonsOf([{ kind: 'same_error', times: 2, minutes: 0 }], EN)).toBe('same error 2 times');
});

test('who is not at work says so', () => {
  expect(standing(tile('a'), EN)).toBeNull();
  expect(standing(tile('a', { presence: 'never' }), EN)).toBe('not here yet');
  expect(standing(tile('a', { finishedAt: before(1) }), EN)).toBe('finished');
  expect(standing(tile('a', { sandbox: { id: 'abcdefgh', state: 'asleep' }, activeAt: null }), EN)).toBe(
    'asleep',
  );
  expect(standing(tile('a', { sandbox: { id: 'abcdefgh', state: 'queued' } }), EN)).toBe(
    'waits for a machine',
  );
  expect(standing(tile('a', { lesson: null, sandbox: null }), EN)).toBe('no lesson open');
  expect(standing(tile('a', { presence: 'away' }), EN)).toBe('not here now');
});

test('a median reads as a clock', () => {
  expect([duration(5), duration(100), duration(3725)]).toEqual(['0:05', '1:40', '1:02:05']);
});

test('a tile shows the tasks of its step, all where the step is not known', () => {
  const both = tile('a', { step: 'two' });
  expect(tasksOfStep(both, OUTLINES[0]!).map(({ id }) => id)).toEqual(['publish']);
  expect(tasksOfStep(both, null)).toHaveLength(2);
});

test('a tile is one sentence for who cannot see it', () => {
  const words = sentence(
    tile('amara', {
      name: 'Amara',
      handAt: before(250),
      stuck: { score: 86, reasons: [{ kind: 'no_progress', minutes: 9 }] },
      command: { line: 'docker ps', exitCode: 125, at: before(5) },
    }),
    OUTLINES[0]!,
    NOON,
    EN,
  );
  expect(words).toBe(
    'Amara, hand up for 4 min, stuck 86 of 100, no progress 9 min, step 1, 0 of 2 tasks, last command docker ps, exit 125',
  );
});
