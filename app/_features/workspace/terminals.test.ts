import { expect, test } from 'vitest';
import { actionsBetween, renamed } from './terminal-changes.ts';
import {
  arrange,
  close,
  keyOf,
  labelOf,
  machineOf,
  move,
  open,
  parseLayout,
  select,
  startWith,
  toggleSplit,
} from './terminals.ts';

const tab = (key: string, label?: string) => {
  const [machine, name] = key.split('/') as [string, string];
  return { machine, name, ...(label !== undefined && { label }) };
};
const one = startWith([tab('node1/1')]);
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

test('one above the other turns the two that are shown, and goes away as it came', () => {
  const stacked = toggleSplit(toggleSplit(two), true);
  expect(stacked).toMatchObject({ left: 'node1/2', right: 'node1/1', stacked: true });
  expect(toggleSplit(stacked, true)).toMatchObject({ left: 'node1/2', right: null });
  expect(toggleSplit(stacked)).toMatchObject({ right: 'node1/1', stacked: false });
});

test('a third one takes the place of the one with the focus; none changes sides', () => {
  const split = select(toggleSplit(one), 'node1/2');
  expect(split).toMatchObject({ left: 'node1/1', right: 'node1/2', active: 'node1/2' });
  expect(open(split, 'node1')).toMatchObject({ left: 'node1/1', right: 'node1/3', active: 'node1/3' });
  expect(close(split, 'node1/1')).toMatchObject({ left: 'node1/2', right: null, active: 'node1/2' });
});

test('what another browser does is followed, and what is shown here stays where it can', () => {
  const split = toggleSplit(two);
  const renamedThere = arrange(split, [tab('node1/2', 'logs'), tab('node1/1')]);
  expect(renamedThere).toMatchObject({ left: 'node1/2', right: 'node1/1', active: 'node1/2' });
  expect(labelOf(renamedThere.tabs[0]!)).toBe('logs');
  expect(arrange(split, [tab('node1/3')])).toMatchObject({ left: 'node1/3', right: null, active: 'node1/3' });
});

test('a machine that is added is seen beside the others, unless two are shown already', () => {
  const more = [tab('node1/1'), tab('node2/1')];
  expect(arrange(one, more)).toMatchObject({ left: 'node1/1', right: 'node2/1', active: 'node1/1' });
  const split = toggleSplit(two);
  expect(arrange(split, [...split.tabs, tab('node2/1')])).toMatchObject({ right: 'node1/1' });
});

test('what a browser kept comes back where it fits, and rubbish does not', () => {
  const { tabs, ...layout } = toggleSplit(two, true);
  const kept = parseLayout(JSON.stringify(layout), one);
  expect(arrange(kept, tabs)).toEqual({ ...layout, tabs });
  expect(arrange(parseLayout('{"left":7,"right":{},"active":null}', one), one.tabs)).toEqual(one);
  expect(parseLayout('{', one)).toEqual(one);
  expect(parseLayout(null, one)).toEqual(one);
});

test('a tab is moved by one place, and not beyond the ends', () => {
  const three = startWith(['node1/1', 'node1/2', 'node2/1'].map((key) => tab(key)));
  expect(move(three, 'node1/2', 1).tabs.map(keyOf)).toEqual(['node1/1', 'node2/1', 'node1/2']);
  expect(move(three, 'node1/1', -1)).toBe(three);
  expect(move(three, 'node2/1', 1)).toBe(three);
});

test('a name is trimmed, and an empty one takes it back', () => {
  const tabs = [tab('node1/1', 'logs'), tab('node1/2')];
  expect(renamed(tabs, 'node1/2', ' build ')[1]).toEqual(tab('node1/2', 'build'));
  expect(renamed(tabs, 'node1/1', ' ')[0]).toEqual(tab('node1/1'));
  expect(renamed(tabs, 'node1/2', '')).toBe(tabs);
});

test('what is told to the server leads from one list to the other', () => {
  const tabs = [tab('node1/1'), tab('node1/2', 'logs'), tab('node2/1')];
  expect(actionsBetween(tabs, tabs)).toEqual([]);
  expect(actionsBetween(tabs, [...tabs, tab('node2/2')])).toEqual([{ action: 'open', ...tab('node2/2') }]);
  expect(actionsBetween(tabs, tabs.slice(1))).toEqual([{ action: 'close', ...tab('node1/1') }]);
  expect(actionsBetween(tabs, renamed(tabs, 'node1/2', ''))).toEqual([
    { action: 'rename', ...tab('node1/2'), label: null },
  ]);
  expect(actionsBetween(tabs, move(startWith(tabs), 'node2/1', -1).tabs)).toEqual([
    { action: 'move', ...tab('node2/1'), to: 1 },
  ]);
});
