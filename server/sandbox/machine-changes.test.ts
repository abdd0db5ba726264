import { expect, test } from 'vitest';
import { EngineError } from '../engine/contract.ts';
import type { FakeEngine } from './testing/fake-engine.ts';
import { MINUTE_MS, openRoom, planOf } from './testing/open-room.ts';

const PLAYGROUND = { ...planOf('none'), lesson: null };

async function playground(options: Parameters<typeof openRoom>[0] = {}) {
  const room = await openRoom(options);
  const sandbox = await room.sandboxes.open('ada', PLAYGROUND);
  await room.settle();
  const add = async () => {
    await room.sandboxes.addMachine(sandbox.id);
    await room.settle();
  };
  const names = () =>
    sandbox.view().machines.map(({ name, change }) => (change ? `${name} ${change.what}` : name));
  return { ...room, sandbox, add, names };
}

const running = (engine: FakeEngine) =>
  engine
    .running()
    .map(({ machine }) => machine)
    .toSorted();

test('a machine is added beside the first: seen at once, told when it is up, kept on disk', async () => {
  const { sandbox, sandboxes, engine, events, names, settle, store } = await playground();
  const release = engine.switches.hold('createMachine');
  await sandboxes.addMachine(sandbox.id);
  expect(names()).toEqual(['node1', 'node2 making']);
  expect([...sandbox.machines.keys()]).toEqual(['node1']);
  release();
  await settle();
  expect(names()).toEqual(['node1', 'node2']);
  expect([...sandbox.machines.keys()]).toEqual(['node1', 'node2']);
  expect(events.filter(({ type }) => type === 'machine-up' || type === 'machine-added')).toHaveLength(3);
  expect(store.rows.sandboxes.get(sandbox.id)?.machines.map(({ name }) => name)).toEqual(['node1', 'node2']);
  expect(sandboxes.figures().awake).toBe(2);
});

test('the machines are told of each other with every change, and the last one forgets', async () => {
  const { sandbox, sandboxes, engine, add, settle } = await playground();
  const told: string[] = [];
  engine.onExec(({ ref, request, exit }) => {
    const others = request.command.slice(request.command.indexOf('neighbours') + 1);
    if (request.command.includes('neighbours')) told.push(`${ref.machine}: ${others.join(' ')}`);
    exit(0);
  });
  await add();
  expect(told.splice(0).toSorted()).toEqual(['node1: node2', 'node2: node1']);
  await add();
  expect(told.splice(0).toSorted()).toEqual([
    'node1: node2 node3',
    'node2: node1 node3',
    'node3: node1 node2',
  ]);
  await sandboxes.removeMachine(sandbox.id, 'node2');
  await settle();
  expect(told.splice(0).toSorted()).toEqual(['node1: node3', 'node3: node1']);
  await sandboxes.removeMachine(sandbox.id, 'node1');
  await settle();
  expect(told).toEqual(['node3: ']);
});

test('three are the most, those on their way included', async () => {
  const { sandbox, sandboxes, add } = await playground();
  await add();
  await sandboxes.addMachine(sandbox.id);
  await expect(sandboxes.addMachine(sandbox.id)).rejects.toMatchObject({ code: 'too_many_machines' });
});

test('a host that holds fewer machines says so instead of letting one wait for ever', async () => {
  const { sandbox, sandboxes } = await playground({ limits: { capacity: 1 } });
  await expect(sandboxes.addMachine(sandbox.id)).rejects.toMatchObject({
    code: 'too_many_machines',
    message: expect.stringContaining('at most 1'),
  });
});

test('the machines of a lesson stay as they are', async () => {
  const { sandboxes, settle } = await openRoom();
  const sandbox = await sandboxes.open('ada', planOf('pair', { machines: 2 }));
  await settle();
  await expect(sandboxes.addMachine(sandbox.id)).rejects.toMatchObject({ code: 'machines_fixed' });
  await expect(sandboxes.removeMachine(sandbox.id, 'node2')).rejects.toMatchObject({
    code: 'machines_fixed',
  });
});

test('what sleeps is not changed, and what is not there is not found', async () => {
  const { sandbox, sandboxes, clock, settle } = await playground();
  await expect(sandboxes.removeMachine(sandbox.id, 'node2')).rejects.toMatchObject({ code: 'not_found' });
  await expect(sandboxes.addMachine('zzzzzzzz')).rejects.toMatchObject({ code: 'not_found' });
  await clock.advance(16 * MINUTE_MS);
  await settle();
  await expect(sandboxes.addMachine(sandbox.id)).rejects.toMatchObject({ code: 'sandbox_not_ready' });
});

test('a machine that is removed is gone with disk and snapshots, and its place is free', async () => {
  const { sandbox, sandboxes, engine, events, names, add, notices, settle, store } = await playground();
  await add();
  await engine.takeSnapshot(sandbox.machines.get('node2')!, 'before');
  await engine.takeSnapshot(sandbox.machines.get('node1')!, 'before');
  const release = engine.switches.hold('removeMachine');
  await sandboxes.removeMachine(sandbox.id, 'node2');
  await expect.poll(names).toEqual(['node1']);
  expect(sandboxes.figures().awake).toBe(2);
  release();
  await settle();
  expect(running(engine)).toEqual(['node1']);
  expect((await engine.snapshots(sandbox.id)).map(({ machine }) => machine)).toEqual(['node1']);
  expect(events.slice(-5).map(({ type }) => type)).toContain('machine-removed');
  expect(events.some((event) => event.type === 'machine-down' && event.ref.machine === 'node2')).toBe(true);
  expect(notices()).toEqual(['machine_removed']);
  expect(store.rows.sandboxes.get(sandbox.id)?.machines.map(({ name }) => name)).toEqual(['node1']);
  expect(sandboxes.figures().awake).toBe(1);
});

test('the first may go too, but not the last; its name comes again with another life', async () => {
  const { sandbox, sandboxes, add, names, settle } = await playground();
  await expect(sandboxes.removeMachine(sandbox.id, 'node1')).rejects.toMatchObject({ code: 'last_machine' });
  await add();
  await sandboxes.removeMachine(sandbox.id, 'node1');
  await expect(sandboxes.removeMachine(sandbox.id, 'node2')).rejects.toMatchObject({ code: 'last_machine' });
  await sandboxes.removeMachine(sandbox.id, 'node1');
  await settle();
  expect(names()).toEqual(['node2']);
  await add();
  expect(names()).toEqual(['node1', 'node2']);
  expect(sandbox.machines.get('node1')?.generation).toBe(2);
});

test('what is to go is seen to go while another is being made', async () => {
  const { sandbox, sandboxes, engine, add, names, settle } = await playground();
  await add();
  const release = engine.switches.hold('createMachine');
  await sandboxes.addMachine(sandbox.id);
  await sandboxes.removeMachine(sandbox.id, 'node2');
  expect(names()).toEqual(['node1', 'node2 removing', 'node3 making']);
  await expect(sandboxes.removeMachine(sandbox.id, 'node3')).rejects.toMatchObject({
    code: 'sandbox_not_ready',
  });
  release();
  await settle();
  expect(names()).toEqual(['node1', 'node3']);
});

test('one that finds no room waits with its place told, can be called off, and comes when there is room', async () => {
  const { sandbox, sandboxes, names, settle } = await playground({ limits: { capacity: 2 } });
  const other = await sandboxes.open('bob', PLAYGROUND);
  await settle();
  await sandboxes.addMachine(sandbox.id);
  expect(sandbox.view().machines[1]?.change).toMatchObject({ what: 'queued', place: 1 });
  await sandboxes.removeMachine(sandbox.id, 'node2');
  expect([names(), sandboxes.figures().waiting]).toEqual([['node1'], 0]);
  await sandboxes.addMachine(sandbox.id);
  await sandboxes.close(other.id);
  await settle();
  expect(names()).toEqual(['node1', 'node2']);
});

test('whoever goes to sleep or closes gives up the turn it waits for', async () => {
  const { sandbox, sandboxes, names, clock, settle } = await playground({ limits: { capacity: 2 } });
  const other = await sandboxes.open('bob', PLAYGROUND);
  other.enter();
  await settle();
  await sandboxes.addMachine(sandbox.id);
  await clock.advance(16 * MINUTE_MS);
  await settle();
  expect([sandbox.state, names(), sandboxes.figures().waiting]).toEqual(['asleep', ['node1'], 0]);
  expect(sandboxes.figures().awake).toBe(1);
});

test('one that cannot be made is told, and leaves nothing behind', async () => {
  const { sandboxes, sandbox, engine, add, names, notices } = await playground();
  engine.switches.fail('createMachine', new EngineError('disk_full', 'full'));
  await add();
  expect([names(), notices()]).toEqual([['node1'], ['machine_not_added']]);
  expect([sandboxes.figures().awake, sandboxes.figures().waiting]).toEqual([1, 0]);
  await add();
  expect(names()).toEqual(['node1', 'node2']);
  expect(sandbox.state).toBe('ready');
});

test('closed while one is being made, nothing is left', async () => {
  const { sandbox, sandboxes, engine, settle } = await playground();
  const release = engine.switches.hold('createMachine');
  await sandboxes.addMachine(sandbox.id);
  await expect.poll(() => engine.switches.count('createMachine')).toBe(2);
  await sandboxes.close(sandbox.id);
  release();
  await settle();
  expect([await engine.remains(), sandboxes.figures().awake]).toEqual([[], 0]);
});

test('while one is being made another dies: all are up in the end', async () => {
  const { sandbox, sandboxes, engine, names, settle } = await playground();
  const release = engine.switches.hold('createMachine');
  await sandboxes.addMachine(sandbox.id);
  await expect.poll(() => engine.switches.count('createMachine')).toBe(2);
  engine.die(sandbox.machines.get('node1')!);
  await expect.poll(() => sandbox.state).toBe('preparing');
  release();
  await settle();
  expect([sandbox.state, names(), running(engine)]).toEqual([
    'ready',
    ['node1', 'node2'],
    ['node1', 'node2'],
  ]);
  expect([...sandbox.machines.keys()].toSorted()).toEqual(['node1', 'node2']);
});

test('the next server finds the machines that were added, and makes none of those that were removed', async () => {
  const { sandbox, sandboxes, engine, store, add, settle } = await playground();
  await add();
  await add();
  await sandboxes.removeMachine(sandbox.id, 'node2');
  await settle();
  await sandboxes[Symbol.asyncDispose]();
  const next = await openRoom({ engine, store });
  const found = next.sandboxes.get(sandbox.id)!;
  expect([found.state, [...found.machines.keys()].toSorted()]).toEqual(['ready', ['node1', 'node3']]);
  expect(next.sandboxes.figures().awake).toBe(2);
});

test('the reaper leaves alone what is being added', async () => {
  const { sandbox, sandboxes, engine, settle, store } = await playground();
  const release = engine.switches.hold('exec');
  await sandboxes.addMachine(sandbox.id);
  await expect.poll(() => running(engine)).toEqual(['node1', 'node2']);
  const { Reaper } = await import('./reaper.ts');
  const { silentLog } = await import('../lib/log.ts');
  const { Register } = await import('./register.ts');
  const register = new Register(() => false);
  register.add(sandbox as Parameters<typeof register.add>[0]);
  expect(await new Reaper(engine, register, silentLog).reap()).toBe(0);
  release();
  await settle();
  expect(store.rows.sandboxes.get(sandbox.id)?.machines).toHaveLength(2);
});
