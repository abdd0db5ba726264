import { expect, test, vi } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { openRoom, planOf } from '../sandbox/testing/open-room.ts';
import type { TerminalKey } from './contract.ts';
import { openTerminalLists } from './lists.ts';

/** A playground with one machine, or a lesson with two. */
async function open(options: { lesson?: boolean } = {}) {
  const room = await openRoom();
  const plan = options.lesson ? planOf('pair', { machines: 2 }) : { ...planOf('x'), lesson: null };
  const sandbox = await room.sandboxes.open('ada', plan);
  await room.settle();
  const ended: TerminalKey[] = [];
  const openLists = () =>
    openTerminalLists({
      sandboxes: room.sandboxes,
      table: room.store.sandboxes,
      terminals: { end: async (key) => void ended.push(key) },
      usual: (of) => of.view().machines.map(({ name }) => ({ machine: name, name: '1' })),
      limits: { terminalsPerMachine: 3 },
      log: silentLog,
    });
  return { ...room, sandbox, ended, lists: openLists(), openLists };
}

const NODE1 = { machine: 'node1', name: '1' };
const NODE2 = { machine: 'node2', name: '1' };

test('it begins as the lesson has it, and what is changed is there for another browser and another server', async () => {
  const { lists, sandbox, openLists } = await open({ lesson: true });
  const told: unknown[] = [];
  lists.on((event) => told.push(event));
  expect(await lists.of(sandbox.id)).toEqual([NODE1, NODE2]);
  await Promise.all([
    lists.change(sandbox.id, { action: 'open', machine: 'node1', name: '2' }),
    lists.change(sandbox.id, { action: 'rename', ...NODE2, label: 'server' }),
    lists.change(sandbox.id, { action: 'move', ...NODE2, to: 0 }),
  ]);
  const now = [{ ...NODE2, label: 'server' }, NODE1, { machine: 'node1', name: '2' }];
  expect(await lists.of(sandbox.id)).toEqual(now);
  expect(told).toHaveLength(3);
  expect(told.at(-1)).toEqual({ sandbox: sandbox.id, terminals: now });
  expect(await openLists().of(sandbox.id)).toEqual(now);
});

test('what is closed is ended, once; the last one is neither', async () => {
  const { lists, sandbox, ended } = await open({ lesson: true });
  await lists.change(sandbox.id, { action: 'close', ...NODE2 });
  expect(ended).toEqual([{ sandbox: sandbox.id, machine: 'node2', terminal: '1' }]);
  await expect(lists.change(sandbox.id, { action: 'close', ...NODE2 })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await lists.change(sandbox.id, { action: 'close', ...NODE1 })).toEqual([NODE1]);
  expect(ended).toHaveLength(1);
});

test('machines and terminals that are not there are refused, and one too many', async () => {
  const { lists, sandbox } = await open();
  const opens = (machine: string, name: string) =>
    lists.change(sandbox.id, { action: 'open', machine, name });
  await expect(opens('node2', '1')).rejects.toMatchObject({ code: 'not_found' });
  await expect(lists.change('zzzzzzzz', { action: 'close', ...NODE1 })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await lists.of('zzzzzzzz')).toEqual([]);
  for (const name of ['2', '3']) await opens('node1', name);
  await expect(opens('node1', '4')).rejects.toMatchObject({ code: 'too_many_terminals' });
});

test('a machine that is added brings a terminal, and takes its terminals along when it goes', async () => {
  const { lists, sandbox, sandboxes, settle } = await open();
  const told: unknown[] = [];
  lists.on((event) => told.push(event.terminals));
  expect(await lists.of(sandbox.id)).toEqual([NODE1]);
  await sandboxes.addMachine(sandbox.id);
  await settle();
  await vi.waitFor(() => expect(told).toEqual([[NODE1, NODE2]]));
  expect(await lists.of(sandbox.id)).toEqual([NODE1, NODE2]);
  await lists.change(sandbox.id, { action: 'open', machine: 'node2', name: '2' });
  await sandboxes.removeMachine(sandbox.id, 'node2');
  await settle();
  expect(await lists.of(sandbox.id)).toEqual([NODE1]);
  await sandboxes.addMachine(sandbox.id);
  await settle();
  await vi.waitFor(async () => expect(await lists.of(sandbox.id)).toEqual([NODE1, NODE2]));
});
