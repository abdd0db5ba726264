import { expect, test } from 'vitest';
import { changeList, fitList, type TerminalList } from './list.ts';

const tab = (key: string, label?: string) => {
  const [machine, name] = key.split('/') as [string, string];
  return { machine, name, ...(label !== undefined && { label }) };
};
const LIST: TerminalList = [tab('node1/1'), tab('node1/2', 'logs'), tab('node2/1')];
const keys = (list: TerminalList) => list.map(({ machine, name }) => `${machine}/${name}`);
const change = (action: Parameters<typeof changeList>[1], list = LIST) => changeList(list, action, 3);

test('a new one stands last; one that is there already changes nothing', () => {
  expect(keys(change({ action: 'open', ...tab('node2/2') }))).toEqual([...keys(LIST), 'node2/2']);
  expect(change({ action: 'open', ...tab('node1/2') })).toBe(LIST);
});

test('a machine has a limit, told with the way out; another machine has its own', () => {
  const full = [...LIST, tab('node1/3')];
  expect(() => change({ action: 'open', ...tab('node1/4') }, full)).toThrow(
    expect.objectContaining({ code: 'too_many_terminals', message: expect.stringContaining('Close one') }),
  );
  expect(change({ action: 'open', ...tab('node2/4') }, full)).toHaveLength(5);
});

test('the last one stays', () => {
  const left = change({ action: 'close', ...tab('node1/2') });
  expect(keys(left)).toEqual(['node1/1', 'node2/1']);
  const lone = [tab('node1/1')];
  expect(change({ action: 'close', ...tab('node1/1') }, lone)).toBe(lone);
});

test('a name is given, changed and taken back', () => {
  const named = change({ action: 'rename', ...tab('node1/1'), label: '构建' });
  expect(named[0]).toEqual(tab('node1/1', '构建'));
  expect(change({ action: 'rename', ...tab('node1/1'), label: null }, named)[0]).toEqual(tab('node1/1'));
});

test('a move goes to a place among all, and beyond the end to the end', () => {
  expect(keys(change({ action: 'move', ...tab('node2/1'), to: 0 }))).toEqual([
    'node2/1',
    'node1/1',
    'node1/2',
  ]);
  const last = change({ action: 'move', ...tab('node1/2'), to: 99 });
  expect(last.at(-1)).toEqual(tab('node1/2', 'logs'));
});

test.each(['close', 'move', 'rename'] as const)('what is gone cannot be asked to %s', (action) => {
  const gone = { action, ...tab('node3/1'), to: 0, label: 'x' } as Parameters<typeof changeList>[1];
  expect(() => change(gone)).toThrow(expect.objectContaining({ code: 'not_found' }));
});

test('terminals of machines that are gone go too, but never all', () => {
  expect(keys(fitList(LIST, ['node2']))).toEqual(['node2/1']);
  expect(keys(fitList(LIST, ['node3']))).toEqual(['node3/1']);
});
