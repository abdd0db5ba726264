import { expect, test } from 'vitest';
import { enHistory } from '#app/_lib/i18n/en-history.ts';
import { zhHistory } from '#app/_lib/i18n/zh-history.ts';
import type { SnapshotView } from '#server/protocol/history.ts';
import {
  added,
  isNothing,
  lossesAgainst,
  parseIds,
  planUndo,
  pointsOf,
  shorten,
  stepAfter,
  toRequest,
  type Target,
} from './history.ts';
import { whenWas } from './moment.ts';
import { placeOf } from './words.ts';

const STEPS = ['pull', 'run', 'stop'].map((id) => ({ id, title: id }));

function snapshot(id: string, part: Partial<SnapshotView> = {}): SnapshotView {
  return { id, kind: 'named', step: null, name: id, takenAt: '2030-01-01T10:00:00Z', ownBytes: 0, ...part };
}
const START = snapshot('start', { kind: 'start', name: null });
const PULLED = snapshot('step-pull', { kind: 'step', step: 'pull', name: null });
const STOPPED = snapshot('step-stop', { kind: 'step', step: 'stop', name: null });
const back = (to: SnapshotView): Target => ({ to: 'snapshot', snapshot: to });

const history = (snapshots: SnapshotView[], startable: string[] = []) => ({
  snapshots,
  startable,
  attempts: 0,
});

test('now stands between what is kept and the steps that were not reached', () => {
  const startable = ['pull', 'run', 'stop'];
  const points = (...kept: SnapshotView[]) =>
    pointsOf(history(kept, startable), STEPS).map((point) =>
      point.at === 'kept' ? point.snapshot.id : point.at === 'ahead' ? STEPS[point.index]!.id : 'now',
    );
  // Who has ended a step stands at the next one.
  expect(points(START)).toEqual(['start', 'now', 'run', 'stop']);
  expect(points(START, PULLED)).toEqual(['start', 'step-pull', 'now', 'stop']);
  expect(points(START, PULLED, STOPPED)).toEqual(['start', 'step-pull', 'step-stop', 'now']);
});

test('a step that the machine was made ready for lies not ahead any more, those after it do', () => {
  const points = pointsOf(history([START], ['run', 'stop']), STEPS, 1);
  expect(points.at(-1)).toEqual({ at: 'ahead', index: 2 });
  expect(points).toHaveLength(3);
});

test('a playground has no steps, and may have nothing kept', () => {
  expect(pointsOf(history([]), [])).toEqual([{ at: 'now' }]);
});

test('a step that the lesson has no more is nowhere ahead', () => {
  expect(pointsOf(history([START], ['gone']), STEPS)).toHaveLength(2);
});

test('after a return one reads on where the machine stands', () => {
  expect(stepAfter(back(START), STEPS)).toBe(0);
  expect(stepAfter(back(PULLED), STEPS)).toBe(1);
  expect(stepAfter(back(STOPPED), STEPS)).toBe(2);
  expect(stepAfter({ to: 'step', index: 1 }, STEPS)).toBe(1);
  // Nobody knows where a state kept by hand belongs.
  expect(stepAfter(back(snapshot('mine')), STEPS)).toBeNull();
  expect(stepAfter(back({ ...PULLED, step: 'gone' }), STEPS)).toBeNull();
});

test('requests name the snapshot, or the step to start at', () => {
  expect(toRequest(back(PULLED), STEPS)).toEqual({ to: 'snapshot', snapshot: 'step-pull' });
  expect(toRequest({ to: 'step', index: 2 }, STEPS)).toEqual({ to: 'step', step: 'stop' });
});

test('who starts at a step loses what was made since the start', () => {
  expect(lossesAgainst(back(PULLED), history([START, PULLED]))).toBe('step-pull');
  expect(lossesAgainst({ to: 'step', index: 2 }, history([START, PULLED]))).toBe('start');
  expect(lossesAgainst({ to: 'step', index: 2 }, history([]))).toBeNull();
});

test('a return can be undone while there is room for what is there now', () => {
  const few = ['a', 'b', 'c', 'd'].map((id) => snapshot(id));
  const full = [...few, snapshot('e')];
  expect(planUndo([START, PULLED, ...few], [], back(START))).toEqual({ keep: true, instead: null });
  expect(planUndo(full, [], back(START))).toEqual({ keep: false });
  // One that a return before has left makes room, the oldest first.
  expect(planUndo(full, ['d', 'b'], back(START))).toEqual({ keep: true, instead: full[1] });
  // But never the one that is gone back to.
  expect(planUndo(full, ['b'], back(full[1]!))).toEqual({ keep: false });
});

test('what was kept just now is known by its being new', () => {
  expect(added([START], [START, PULLED, snapshot('mine')])?.id).toBe('mine');
  expect(added([START], [START, PULLED])).toBeNull();
});

test('nothing is lost only where no machine loses anything', () => {
  const none = { containers: [], images: [], volumes: [], networks: [], files: [], more: 0 };
  expect(isNothing([])).toBe(true);
  expect(isNothing([{ machine: 'node1', ...none }])).toBe(true);
  expect(
    isNothing([
      { machine: 'node1', ...none },
      { machine: 'node2', ...none, files: ['a'] },
    ]),
  ).toBe(false);
  expect(isNothing([{ machine: 'node1', ...none, more: 2 }])).toBe(false);
});

test('a long name keeps both its ends', () => {
  expect(shorten('short')).toBe('short');
  expect(shorten('0123456789', 5)).toBe('01…89');
  expect([...shorten('🐳'.repeat(100), 9)]).toHaveLength(9);
});

test('what a browser kept is read with care', () => {
  expect(parseIds('["a",1,"b"]')).toEqual(['a', 'b']);
  expect(parseIds(null)).toEqual([]);
  expect(parseIds('{')).toEqual([]);
  expect(parseIds('{}')).toEqual([]);
  expect(parseIds(JSON.stringify([...'abcdefgh']))).toEqual([...'defgh']);
});

test('today is told by the clock, another day by its date too', () => {
  const noon = new Date(2030, 0, 2, 12, 0);
  const at = (date: Date) => whenWas(date.toISOString(), noon, { t: enHistory, locale: 'en' });
  expect(at(new Date(2030, 0, 2, 0, 5))).toBe('at 00:05');
  expect(at(new Date(2030, 0, 1, 14, 32))).toBe('on Jan 1 at 14:32');
});

test('places stand in a sentence in both languages', () => {
  const places = [back(START), back(PULLED), back(snapshot('mine')), { to: 'step', index: 2 } as const];
  expect(places.map((place) => placeOf(place, STEPS, enHistory))).toEqual([
    'the start',
    'the end of step 1',
    '“mine”',
    'the beginning of step 3',
  ]);
  expect(placeOf(back({ ...PULLED, step: 'gone' }), STEPS, zhHistory)).toBe('“gone”结束时');
});
