import { expect, test } from 'vitest';
import { MINUTE_MS, openRoom, planOf } from './testing/open-room.ts';

/** A room with one sandbox that is ready, left behind as a killed server leaves it. */
async function crashed(options: Parameters<typeof openRoom>[0] = {}) {
  const before = await openRoom(options);
  const sandbox = await before.sandboxes.open('ada', planOf('hello', { files: ['note'] }));
  await sandbox.ready();
  await before.settle();
  // A dead server does nothing more; its machines run on.
  await before.sandboxes[Symbol.asyncDispose]();
  return { ...before, id: sandbox.id };
}

test('machines that run are taken over as they are', async () => {
  const { engine, store, id } = await crashed();
  const { sandboxes } = await openRoom({ engine, store });
  expect(sandboxes.get(id)).toMatchObject({ id, state: 'ready', userId: 'ada' });
  expect(sandboxes.get(id)?.machines.get('node1')).toMatchObject({ sandbox: id, generation: 1 });
  expect(engine.switches.count('createMachine')).toBe(1);
  expect(sandboxes.figures().awake).toBe(1);
});

test('whoever does not come back after the restart finds it asleep later', async () => {
  const { engine, store, id } = await crashed();
  store.rows.sandboxes.get(id)!.lastSeenAt = new Date(0);
  const { sandboxes, clock } = await openRoom({ engine, store });
  await clock.advance(14 * MINUTE_MS);
  expect(sandboxes.get(id)?.state).toBe('ready');
  await clock.advance(2 * MINUTE_MS);
  expect(sandboxes.get(id)?.state).toBe('asleep');
});

test('a machine that stopped meanwhile is asleep, and wakes for a visitor', async () => {
  const { engine, store, id } = await crashed();
  engine.machinesMade.get(`${id}/node1`)!.running = false;
  const { sandboxes } = await openRoom({ engine, store });
  const sandbox = sandboxes.get(id)!;
  expect(sandbox.state).toBe('asleep');
  await sandbox.ready();
  expect(engine.switches.count('startMachine')).toBe(1);
});

test('what was being put to sleep is put to sleep', async () => {
  const { engine, store, id } = await crashed();
  store.rows.sandboxes.get(id)!.state = 'asleep';
  const { settle } = await openRoom({ engine, store });
  await settle();
  expect(engine.running()).toEqual([]);
});

test('what was half made is made anew, with its files', async () => {
  const { engine, store, id } = await crashed();
  store.rows.sandboxes.get(id)!.state = 'preparing';
  let laid = 0;
  engine.onExec((process) => {
    laid++;
    process.exit(0);
  });
  const { sandboxes } = await openRoom({
    engine,
    store,
    planFor: () => planOf('hello', { files: ['note'] }),
  });
  const sandbox = sandboxes.get(id)!;
  expect(sandbox.state).toBe('asleep');
  await sandbox.ready();
  expect(engine.switches.count('createMachine')).toBe(2);
  expect(laid).toBe(1);
});

test('what nobody owns is removed: machines made ahead, strangers, networks alone', async () => {
  const { engine, store, id } = await crashed({ limits: { warmMachines: 1 }, expectedImages: [['nginx']] });
  await engine.createNetwork('leftover');
  expect((await engine.remains()).length).toBeGreaterThan(2);
  const { settle } = await openRoom({ engine, store });
  await settle();
  expect(await engine.remains()).toEqual([id]);
});

test('an older life of a machine is removed, the present one stays', async () => {
  const { engine, store, id } = await crashed();
  store.rows.sandboxes.get(id)!.machines[0]!.generation = 2;
  const { sandboxes, settle } = await openRoom({ engine, store });
  await settle();
  expect(engine.machinesMade.size).toBe(0);
  const sandbox = sandboxes.get(id)!;
  await sandbox.ready();
  expect(sandbox.machines.get('node1')?.generation).toBe(3);
});

test('the reaper comes round by itself', async () => {
  const { engine, clock, settle } = await openRoom();
  await engine.createNetwork('leftover');
  await clock.advance(11 * MINUTE_MS);
  await settle();
  expect(engine.networks.has('leftover')).toBe(false);
});

test('a room that is closed leaves its machines running', async () => {
  const { engine } = await crashed();
  expect(engine.running()).toHaveLength(1);
});

test('a sandbox that was never made whole is not written down as asleep', async () => {
  const { engine, store, id } = await crashed();
  store.rows.sandboxes.get(id)!.state = 'preparing';
  engine.machinesMade.get(`${id}/node1`)!.running = false;
  const between = await openRoom({ engine, store });
  await between.settle();
  await between.sandboxes[Symbol.asyncDispose]();
  expect(store.rows.sandboxes.get(id)?.state).toBe('preparing');
});
