import { expect, test, vi } from 'vitest';
import type { Tile, WallMessage } from '#server/protocol/wall.ts';
import { before, CLASS, tile } from '../testing/tiles.ts';
import { parseWallMessage } from './wall-message.ts';
import { begin, hear, newHands } from './wall-state.ts';
import { WallStore } from './wall-store.ts';

const HOST = { awake: 1, capacity: 2, waiting: 0 };
const all = (...tiles: Tile[]): WallMessage => ({ type: 'all', class: CLASS, tiles, stats: [], host: HOST });

test('nobody is known before the server has told', () => {
  expect(begin(CLASS).tiles).toBeNull();
  expect([...hear(begin(CLASS), all(tile('amara'))).tiles!.keys()]).toEqual(['amara']);
});

test('a changed tile takes its place, the others stay the same objects', () => {
  const first = hear(begin(CLASS), all(tile('amara'), tile('jonas')));
  const then = hear(first, { type: 'tiles', tiles: [tile('amara', { step: 'two' })] });
  expect(then.tiles!.get('amara')!.step).toBe('two');
  expect(then.tiles!.get('jonas')).toBe(first.tiles!.get('jonas'));
});

test('after a reconnect what is as it was is not drawn anew, and who has gone is gone', () => {
  const first = hear(begin(CLASS), all(tile('amara'), tile('jonas')));
  const again = hear(first, all(tile('amara')));
  expect(again.tiles!.get('amara')).toBe(first.tiles!.get('amara'));
  expect(again.tiles!.has('jonas')).toBe(false);
});

test('who left is taken from the wall', () => {
  const first = hear(begin(CLASS), all(tile('amara'), tile('jonas')));
  expect([...hear(first, { type: 'gone', learners: ['amara'] }).tiles!.keys()]).toEqual(['jonas']);
});

test('class, host and figures change by themselves', () => {
  const first = hear(begin(CLASS), all(tile('amara')));
  const paused = hear(first, { type: 'class', class: { ...CLASS, paused: true } });
  expect(paused.class.paused).toBe(true);
  expect(paused.tiles).toBe(first.tiles);
  expect(hear(first, { type: 'host', host: { ...HOST, waiting: 3 } }).host!.waiting).toBe(3);
});

test('a hand that goes up is news, one that was up at the beginning is not', () => {
  const up = { handAt: before(5) };
  const first = hear(begin(CLASS), all(tile('amara', up), tile('jonas')));
  expect(newHands(null, first.tiles)).toEqual([]);
  const then = hear(first, { type: 'tiles', tiles: [tile('jonas', up)] });
  expect(newHands(first.tiles, then.tiles).map(({ name }) => name)).toEqual(['jonas']);
  expect(newHands(then.tiles, then.tiles)).toEqual([]);
});

test('who draws one tile hears of that tile alone', () => {
  const store = new WallStore(CLASS);
  store.hear(all(tile('amara'), tile('jonas')));
  const [amara, jonas] = [vi.fn(), vi.fn()];
  store.subscribeTile('amara', amara);
  const leave = store.subscribeTile('jonas', jonas);
  store.hear({ type: 'tiles', tiles: [tile('amara', { step: 'two' })] });
  expect(amara).toHaveBeenCalledTimes(1);
  expect(jonas).not.toHaveBeenCalled();
  store.hear({ type: 'gone', learners: ['jonas'] });
  expect(jonas).toHaveBeenCalledTimes(1);
  expect(store.tile('jonas')).toBeNull();
  leave();
  store.hear(all(tile('jonas')));
  expect(jonas).toHaveBeenCalledTimes(1);
});

test('a message of a newer server is passed over', () => {
  expect(parseWallMessage('{"type":"weather"}')).toBeNull();
  expect(parseWallMessage('null')).toBeNull();
  expect(parseWallMessage('{"type":"gone","learners":[]}')).toEqual({ type: 'gone', learners: [] });
});
