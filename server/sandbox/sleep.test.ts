import { expect, test } from 'vitest';
import { EngineError } from '../engine/contract.ts';
import { MINUTE_MS, openRoom, planOf } from './testing/open-room.ts';

async function openReady() {
  const room = await openRoom();
  const sandbox = await room.sandboxes.open('ada', planOf('hello'));
  await sandbox.ready();
  await room.settle();
  return { ...room, sandbox };
}

test('with nobody present it sleeps after a while, says so first, and gives its place back', async () => {
  const { sandbox, sandboxes, clock, engine, settle, notices, events, store } = await openReady();
  const visit = sandbox.enter();
  await clock.advance(60 * MINUTE_MS);
  expect(sandbox.state).toBe('ready');
  visit[Symbol.dispose]();
  await clock.advance(14 * MINUTE_MS);
  expect(sandbox.state).toBe('ready');
  await clock.advance(MINUTE_MS);
  await settle();
  expect(sandbox.state).toBe('asleep');
  expect(sandbox.machines.size).toBe(0);
  expect(notices()).toEqual(['going_to_sleep']);
  expect(events.at(-1)?.type).toBe('machine-down');
  expect(engine.running()).toEqual([]);
  expect(sandboxes.figures().awake).toBe(0);
  expect(store.rows.sandboxes.get(sandbox.id)?.state).toBe('asleep');
});

test('leaving twice counts once, and a second viewer keeps it awake', async () => {
  const { sandbox, clock } = await openReady();
  const [one, two] = [sandbox.enter(), sandbox.enter()];
  one[Symbol.dispose]();
  one[Symbol.dispose]();
  await clock.advance(60 * MINUTE_MS);
  expect(sandbox.state).toBe('ready');
  two[Symbol.dispose]();
  await clock.advance(15 * MINUTE_MS);
  expect(sandbox.state).toBe('asleep');
});

test('the first who comes and the last who leaves are told', async () => {
  const { sandbox, events } = await openReady();
  const told = () => events.filter(({ type }) => type === 'presence').length;
  const [one, two] = [sandbox.enter(), sandbox.enter()];
  expect([told(), sandbox.isPresent]).toEqual([1, true]);
  one[Symbol.dispose]();
  expect(told()).toBe(1);
  two[Symbol.dispose]();
  expect([told(), sandbox.isPresent]).toEqual([2, false]);
});

test('coming back wakes the same machine', async () => {
  const { sandbox, clock, engine, settle, store } = await openReady();
  await clock.advance(15 * MINUTE_MS);
  await settle();
  sandbox.enter();
  expect(sandbox.state).not.toBe('asleep');
  await sandbox.ready();
  await settle();
  expect(engine.switches.count('createMachine')).toBe(1);
  expect(engine.switches.count('startMachine')).toBe(1);
  expect(store.rows.sandboxes.get(sandbox.id)?.state).toBe('ready');
});

test('while it is being woken the store still calls it asleep', async () => {
  const { sandbox, clock, engine, settle, store } = await openReady();
  await clock.advance(15 * MINUTE_MS);
  await settle();
  engine.switches.hold('startMachine');
  sandbox.enter();
  await clock.advance(0);
  expect([sandbox.state, store.rows.sandboxes.get(sandbox.id)?.state]).toEqual(['preparing', 'asleep']);
});

test('coming back in the moment of falling asleep ends awake', async () => {
  const { sandbox, clock, engine, settle } = await openReady();
  const release = engine.switches.hold('stopMachine');
  await clock.advance(15 * MINUTE_MS);
  expect(sandbox.state).toBe('asleep');
  sandbox.enter();
  release();
  await settle();
  expect(sandbox.state).toBe('ready');
  expect(engine.running()).toHaveLength(1);
});

test('a machine that could not be stopped keeps its place and is stopped a minute later', async () => {
  const { sandboxes, clock, engine, settle } = await openReady();
  // The round of the very same minute tries, too.
  engine.switches.fail('stopMachine', new EngineError('engine_down', 'away'), 2);
  await clock.advance(15 * MINUTE_MS);
  await settle();
  expect([engine.running().length, sandboxes.figures().awake]).toEqual([1, 1]);
  await clock.advance(MINUTE_MS);
  await settle();
  expect([engine.running().length, sandboxes.figures().awake]).toEqual([0, 0]);
});

test('a sleeping machine that is gone for good is made anew, and the learner is told', async () => {
  const { sandbox, clock, engine, settle, notices } = await openReady();
  await clock.advance(15 * MINUTE_MS);
  await settle();
  engine.machinesMade.clear();
  await sandbox.ready();
  expect(notices()).toContain('machine_restarted');
  expect(sandbox.machines.get('node1')?.generation).toBe(2);
});

test('a machine that dies is restarted once, with a word', async () => {
  const { sandbox, engine, settle, notices, events } = await openReady();
  engine.die(sandbox.machines.get('node1')!, true);
  await expect.poll(notices).toEqual(['memory_full', 'machine_restarted']);
  await settle();
  expect(sandbox.state).toBe('ready');
  expect(events.filter(({ type }) => type === 'machine-down')).toHaveLength(1);
  expect(events.filter(({ type }) => type === 'machine-up')).toHaveLength(2);
});

test('a death that the engine tells before its list shows it is not overlooked', async () => {
  const { sandbox, engine, clock, notices } = await openReady();
  const { land } = engine.die(sandbox.machines.get('node1')!, false, true);
  await clock.advance(600);
  expect(sandbox.state).toBe('ready');
  land();
  await clock.advance(600);
  await expect.poll(notices).toEqual(['machine_restarted']);
});

test('one that dies again at once is left asleep', async () => {
  const { sandbox, engine, settle } = await openReady();
  engine.die(sandbox.machines.get('node1')!);
  await expect.poll(() => engine.switches.count('startMachine')).toBe(1);
  await settle();
  engine.die(sandbox.machines.get('node1')!);
  await expect.poll(() => sandbox.state).toBe('asleep');
});

test('a death that was missed while the engine was away is found in the full list', async () => {
  const { sandbox, engine, notices } = await openReady();
  engine.machinesMade.get(`${sandbox.id}/node1`)!.running = false;
  engine.reconnect();
  await expect.poll(notices).toEqual(['machine_restarted']);
});

test('when waking fails its work is not lost: it sleeps on', async () => {
  const { sandbox, clock, engine, settle } = await openReady();
  await clock.advance(15 * MINUTE_MS);
  await settle();
  engine.switches.fail('startMachine', new EngineError('engine_down', 'gone'));
  await expect(sandbox.ready()).rejects.toMatchObject({ code: 'sandbox_not_ready' });
  await settle();
  await sandbox.ready();
  expect(sandbox.machines.get('node1')?.generation).toBe(1);
});

test('usage is read only while somebody looks, once for all of them, and full disks are told', async () => {
  const { sandbox, clock, engine, notices } = await openReady();
  await clock.advance(20_000);
  expect(engine.switches.count('usage')).toBe(0);
  sandbox.enter();
  sandbox.enter();
  engine.usages.set(`${sandbox.id}/node1`, { diskBytes: 1.99e9 });
  await clock.advance(5_000);
  expect(engine.switches.count('usage')).toBe(1);
  expect(sandbox.view().machines[0]).toMatchObject({ diskBytes: 1.99e9, diskLimitBytes: 2e9 });
  expect(notices()).toEqual(['disk_full']);
  await clock.advance(5_000);
  expect(notices()).toEqual(['disk_full']);
});
