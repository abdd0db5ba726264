import { expect, test } from 'vitest';
import { MINUTE_MS, openRoom, planOf } from './testing/open-room.ts';
import { capacityFor } from './room.ts';

test('beyond the capacity learners queue, with place and wait, and move up', async () => {
  const { sandboxes, settle } = await openRoom({ limits: { capacity: 1 } });
  const [first, second, third] = [
    await sandboxes.open('a', planOf('x')),
    await sandboxes.open('b', planOf('x')),
    await sandboxes.open('c', planOf('x')),
  ];
  await settle();
  expect([first, second, third].map(({ state }) => state)).toEqual(['ready', 'queued', 'queued']);
  expect(third!.view().queue).toEqual({ place: 2, waitSeconds: 1800 });
  await sandboxes.close(second!.id);
  expect(third!.view().queue?.place).toBe(1);
  await sandboxes.close(first!.id);
  await settle();
  expect(third!.state).toBe('ready');
});

test('each machine of a sandbox takes a place, and all are given back together', async () => {
  const { sandboxes, settle } = await openRoom({ limits: { capacity: 3 } });
  const two = await sandboxes.open('a', planOf('x', { machines: 2 }));
  const also = await sandboxes.open('b', planOf('x', { machines: 2 }));
  await settle();
  expect([two.state, also.state]).toEqual(['ready', 'queued']);
  await sandboxes.close(two.id);
  await settle();
  expect(also.state).toBe('ready');
});

test('a place that frees itself is told to those who wait', async () => {
  const { sandboxes, settle, events } = await openRoom({ limits: { capacity: 1 } });
  for (const user of ['a', 'b', 'c']) await sandboxes.open(user, planOf('x'));
  await settle();
  const [first, , third] = sandboxes.all();
  events.length = 0;
  await sandboxes.close(first!.id);
  await settle();
  expect(events.some((event) => event.type === 'changed' && event.sandbox === third)).toBe(true);
});

test('when others wait, a sandbox left alone for a minute sleeps early', async () => {
  const { sandboxes, settle, clock } = await openRoom({ limits: { capacity: 1 } });
  const left = await sandboxes.open('a', planOf('x'));
  await left.ready();
  await clock.advance(2 * MINUTE_MS);
  const waiting = await sandboxes.open('b', planOf('x'));
  await settle();
  expect([left.state, waiting.state]).toEqual(['asleep', 'ready']);
});

test('whoever is present is never put to sleep for others', async () => {
  const { sandboxes, settle, clock } = await openRoom({ limits: { capacity: 1 } });
  const used = await sandboxes.open('a', planOf('x'));
  used.enter();
  const waiting = await sandboxes.open('b', planOf('x'));
  await clock.advance(60 * MINUTE_MS);
  await settle();
  expect([used.state, waiting.state]).toEqual(['ready', 'queued']);
});

test('a machine made ahead makes opening instant, and the next one is made', async () => {
  const prepared: string[] = [];
  const { sandboxes, engine, clock, settle } = await openRoom({
    limits: { warmMachines: 1 },
    expectedImages: [['nginx']],
    onMachineReady: async (sandbox) => void prepared.push(sandbox),
  });
  await expect.poll(() => sandboxes.figures().warm).toBe(1);
  const [warm] = engine.running();
  const sandbox = await sandboxes.open('ada', planOf('hello', { images: ['nginx'] }));
  expect(sandbox.id).toBe(warm?.sandbox);
  expect(prepared).toEqual([sandbox.id]);
  await sandbox.ready();
  expect(engine.switches.count('createMachine')).toBe(1);
  await settle();
  await clock.advance(500);
  await expect.poll(() => sandboxes.figures().warm).toBe(1);
  expect(sandboxes.figures().awake).toBe(2);
});

test('another image set is made cold, and is expected from then on', async () => {
  const { sandboxes, engine, clock } = await openRoom({
    limits: { warmMachines: 1 },
    expectedImages: [['nginx']],
  });
  await expect.poll(() => sandboxes.figures().warm).toBe(1);
  const sandbox = await sandboxes.open('ada', planOf('hello', { images: ['redis'] }));
  await sandbox.ready();
  expect(engine.machinesMade.get(`${sandbox.id}/node1`)?.spec.images).toEqual(['redis']);
  await clock.advance(500);
  expect(sandboxes.figures().warm).toBe(1);
});

test('machines made ahead never take a learner their place', async () => {
  const { sandboxes, engine, settle } = await openRoom({
    limits: { capacity: 1, warmMachines: 2 },
    expectedImages: [['nginx']],
  });
  await expect.poll(() => sandboxes.figures().warm).toBe(1);
  const sandbox = await sandboxes.open('ada', planOf('hello', { images: ['redis'] }));
  await sandbox.ready();
  await settle();
  expect(engine.running().map((ref) => ref.sandbox)).toEqual([sandbox.id]);
  expect(sandboxes.figures()).toMatchObject({ awake: 1, warm: 0, limits: { capacity: 1 } });
});

test('for people who are known to come machines are made ahead, and each that is taken fulfils the order', async () => {
  const { sandboxes, clock } = await openRoom({
    limits: { capacity: 6, warmMachines: 1 },
    expectedImages: [['nginx']],
  });
  await expect.poll(() => sandboxes.figures().warm).toBe(1);
  const { ahead } = sandboxes;
  ahead.order([{ images: ['redis'], count: 3 }]);
  await clock.advance(0);
  await expect.poll(() => ahead.readyWith(['redis'])).toBe(3);
  expect(sandboxes.figures().warm).toBe(4);
  expect(ahead.places()).toEqual({ capacity: 6, used: 0 });
  for (const learner of ['ada', 'bo']) {
    const sandbox = await sandboxes.open(learner, planOf('hello', { images: ['redis'] }));
    await sandbox.ready();
  }
  await clock.advance(500);
  expect(ahead.readyWith(['redis'])).toBe(1);
  expect(ahead.places()).toEqual({ capacity: 6, used: 2 });
  // Nothing is made beyond the places that there are.
  ahead.order([{ images: ['redis'], count: 30 }]);
  await clock.advance(0);
  await expect.poll(() => sandboxes.figures().awake).toBe(6);
});

test('what is ordered is no longer made when the order is taken back', async () => {
  const { sandboxes, clock } = await openRoom({ limits: { capacity: 9, warmMachines: 0 } });
  sandboxes.ahead.order([{ images: [], count: 2 }]);
  await clock.advance(0);
  await expect.poll(() => sandboxes.figures().warm).toBe(2);
  sandboxes.ahead.order([]);
  await (await sandboxes.open('ada', planOf('hello'))).ready();
  await clock.advance(500);
  expect(sandboxes.figures()).toMatchObject({ warm: 1, warming: 0 });
});

test('a machine made ahead that dies is not given to anybody', async () => {
  const { sandboxes, engine } = await openRoom({ limits: { warmMachines: 1 }, expectedImages: [[]] });
  await expect.poll(() => sandboxes.figures().warm).toBe(1);
  engine.die(engine.running()[0]!);
  await expect.poll(() => sandboxes.figures()).toMatchObject({ warm: 0, warming: 0, awake: 0 });
  const sandbox = await sandboxes.open('ada', planOf('hello'));
  await sandbox.ready();
  expect(engine.running().map((ref) => ref.sandbox)).toEqual([sandbox.id]);
});

test('the capacity follows from the memory, and is one at least', () => {
  const node = { name: 'local', machinesRunning: 0, memoryFreeBytes: 0, diskTotalBytes: 0, diskFreeBytes: 0 };
  const machine = { memoryBytes: 1024 ** 3, pids: 1, cpus: 1, diskBytes: 1 };
  expect(capacityFor([{ ...node, memoryTotalBytes: 9 * 1024 ** 3 }], machine)).toBe(16);
  expect(capacityFor([{ ...node, memoryTotalBytes: 1024 ** 3 }], machine)).toBe(1);
});
