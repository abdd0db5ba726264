import { expect, test } from 'vitest';
import { before, OTHER, OUTLINES, stuck, tile } from '../testing/tiles.ts';
import { arrange, arrowTo, held, NO_FILTER, type Filter, type Sort } from './order.ts';

const order = (tiles: ReturnType<typeof tile>[], sort: Sort, filter: Partial<Filter> = {}) =>
  arrange(tiles, { sort, filter: { ...NO_FILTER, ...filter }, outlines: OUTLINES });

test('who asks comes first, the one who waits longest before all; then who is stuck most', () => {
  const tiles = [
    tile('calm'),
    tile('stuck', stuck(90)),
    tile('asks', { handAt: before(60), ...stuck(10) }),
    tile('waits', { handAt: before(600) }),
    tile('less', stuck(60)),
  ];
  expect(order(tiles, 'stuck')).toEqual(['waits', 'asks', 'stuck', 'less', 'calm']);
});

test('who has finished, sleeps or has never come stands at the end', () => {
  const tiles = [
    tile('never', { presence: 'never', lesson: null, sandbox: null }),
    tile('asleep', { sandbox: { id: 'abcdefgh', state: 'asleep' } }),
    tile('finished', { finishedAt: before(9) }),
    tile('works'),
  ];
  expect(order(tiles, 'stuck')).toEqual(['works', 'finished', 'asleep', 'never']);
});

test('by step, who is furthest behind comes first', () => {
  const tiles = [
    tile('next lesson', { lesson: OTHER }),
    tile('ahead', { step: 'two' }),
    tile('never', { presence: 'never', lesson: null }),
    tile('ticked', { tasks: [{ id: 'run', state: 'helped' }] }),
    tile('behind'),
    tile('not begun', { lesson: null }),
  ];
  expect(order(tiles, 'step')).toEqual(['not begun', 'behind', 'ticked', 'ahead', 'next lesson', 'never']);
});

test('a filter leaves those who fit', () => {
  const tiles = [
    tile('zoe', { name: 'Zoë Martin', handAt: before(5) }),
    tile('tao', { name: '林涛', ...stuck(70), lesson: OTHER }),
  ];
  expect(order(tiles, 'name', { hands: true })).toEqual(['zoe']);
  expect(order(tiles, 'name', { stuck: true })).toEqual(['tao']);
  expect(order(tiles, 'name', { lesson: 'basics/second' })).toEqual(['tao']);
  expect(order(tiles, 'name', { name: ' zoe ' })).toEqual(['zoe']);
  expect(order(tiles, 'name', { name: '林' })).toEqual(['tao']);
  expect(order(tiles, 'name', { name: 'nobody' })).toEqual([]);
});

test('while it is held nobody moves: who comes stands at the end, who goes keeps the place', () => {
  const shown = ['a', 'b', 'c'];
  expect(held(shown, ['c', 'a', 'b'])).toBe(shown);
  expect(held(shown, ['new', 'c', 'a'])).toEqual(['a', 'b', 'c', 'new']);
});

test('arrows walk the grid and stop at its edges', () => {
  const at = (index: number) => ({ index, columns: 3, total: 8 });
  expect(arrowTo('ArrowRight', at(0))).toBe(1);
  expect(arrowTo('ArrowDown', at(1))).toBe(4);
  expect(arrowTo('ArrowDown', at(6))).toBe(6);
  expect(arrowTo('ArrowUp', at(1))).toBe(1);
  expect(arrowTo('End', at(0))).toBe(7);
  expect(arrowTo('Home', at(7))).toBe(0);
  expect(arrowTo('Enter', at(0))).toBeNull();
});
