import { expect, test } from 'vitest';
import {
  close,
  keyOf,
  labelOf,
  machineOf,
  mayOpen,
  open,
  parseTerminals,
  select,
  startWith,
  toggleSplit,
} from './terminals.ts';

const one = startWith([{ machine: 'node1', name: '1' }]);
const two = open(one, 'node1');

test('of several machines two are seen from the start', () => {
  const several = startWith(['node1', 'node2', 'node3'].map((machine) => ({ machine, name: '1' })));
  expect(several).toMatchObject({ left: 'node1/1', right: 'node2/1', active: 'node1/1' });
  expect(toggleSplit(select(several, 'node3/1'))).toMatchObject({ left: 'node3/1', right: null });
  expect(machineOf(several.right!)).toBe('node2');
});

test('a new terminal takes the smallest free number and comes to the front', () => {
  expect(two.active).toBe('node1/2');
  const again = open(close(open(two, 'node1'), 'node1/2'), 'node1');
  expect(again.tabs.map(keyOf)).toEqual(['node1/1', 'node1/3', 'node1/2']);
  expect(again.tabs.map(labelOf)).toEqual(['node1', 'node1 (3)', 'node1 (2)']);
});

test('no more terminals than a machine opens', () => {
  const full = Array.from({ length: 9 }).reduce<typeof one>((terminals) => open(terminals, 'node1'), one);
  expect(full.tabs).toHaveLength(8);
  expect([mayOpen(full, 'node1'), mayOpen(full, 'node2')]).toEqual([false, true]);
});

test('closing the front one brings its neighbour, and the last one stays', () => {
  expect(close(two, 'node1/2')).toEqual(one);
  expect(close(one, 'node1/1')).toEqual(one);
});

test('side by side opens a second one where there is none, and goes away again', () => {
  const split = toggleSplit(one);
  expect(split).toMatchObject({ left: 'node1/1', right: 'node1/2', active: 'node1/1' });
  expect(toggleSplit(split)).toMatchObject({ left: 'node1/1', right: null });
  expect(toggleSplit(select(split, 'node1/2'))).toMatchObject({ left: 'node1/2', right: null });
});

test('a third one takes the place of the one with the focus; none changes sides', () => {
  const split = select(toggleSplit(one), 'node1/2');
  expect(split).toMatchObject({ left: 'node1/1', right: 'node1/2', active: 'node1/2' });
  expect(open(split, 'node1')).toMatchObject({ left: 'node1/1', right: 'node1/3', active: 'node1/3' });
  expect(close(split, 'node1/1')).toMatchObject({ left: 'node1/2', right: null, active: 'node1/2' });
});

test('what a browser kept comes back, and rubbish does not', () => {
  const split = toggleSplit(one);
  expect(parseTerminals(JSON.stringify(split), one)).toEqual(split);
  expect(parseTerminals('{"tabs":[{"machine":"../x","name":"1"}]}', one)).toEqual(one);
  expect(parseTerminals('{', one)).toEqual(one);
  expect(parseTerminals(null, one)).toEqual(one);
});
