import { expect, test } from 'vitest';
import { MINUTE_MS, openRoom, planOf } from './testing/open-room.ts';

const DAY_MS = 24 * 60 * MINUTE_MS;

test('a lesson opens: queued or preparing at once, ready when its machine answers', async () => {
  const { sandboxes, engine, events, store, settle } = await openRoom();
  const sandbox = await sandboxes.open('ada', planOf('hello', { images: ['nginx'] }));
  expect(['queued', 'preparing']).toContain(sandbox.state);
  await sandbox.ready();
  await settle();
  expect(sandbox.view()).toMatchObject({ state: 'ready', queue: null, preparing: null });
  expect([...sandbox.machines.keys()]).toEqual(['node1']);
  expect(engine.prepared).toContain('nginx');
  expect(events.some(({ type }) => type === 'machine-up')).toBe(true);
  expect(store.rows.sandboxes.get(sandbox.id)?.state).toBe('ready');
});

test('the page sees how far the preparation is', async () => {
  const { sandboxes, engine, settle } = await openRoom();
  const release = engine.switches.hold('createMachine');
  const sandbox = await sandboxes.open('ada', planOf('hello', { images: ['a', 'b'] }));
  await expect.poll(() => sandbox.view().preparing?.stage).toBe('machine');
  expect(sandbox.view().preparing).toEqual({ stage: 'machine', done: 0, total: 1 });
  release();
  await settle();
  expect(sandbox.state).toBe('ready');
});

test('one live sandbox per learner and lesson: opening it elsewhere joins it, even at the same moment', async () => {
  const { sandboxes } = await openRoom();
  const [one, two] = await Promise.all([
    sandboxes.open('ada', planOf('hello')),
    sandboxes.open('ada', planOf('hello')),
  ]);
  expect(two).toBe(one);
  expect(await sandboxes.open('bob', planOf('hello'))).not.toBe(one);
  expect(sandboxes.of('ada')).toEqual([one]);
});

test('more sandboxes than a user may have are refused with the way out', async () => {
  const { sandboxes } = await openRoom();
  for (const lesson of ['a', 'b', 'c']) await sandboxes.open('ada', planOf(lesson));
  await expect(sandboxes.open('ada', planOf('d'))).rejects.toMatchObject({
    code: 'too_many_sandboxes',
    message: expect.stringContaining('Close one'),
  });
  await sandboxes.open('ada', planOf('a'));
  await sandboxes.close(sandboxes.of('ada')[0]!.id);
  await sandboxes.open('ada', planOf('d'));
});

test('files of the lesson are laid before it is ready, by the machine itself', async () => {
  const { sandboxes, engine } = await openRoom();
  let archive = Buffer.alloc(0);
  engine.onExec(async (process) => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    archive = Buffer.concat(chunks);
    process.exit(0);
  });
  const sandbox = await sandboxes.open('ada', planOf('hello', { files: ['app/Dockerfile'] }));
  await sandbox.ready();
  expect(archive.toString('latin1')).toContain('app/Dockerfile');
});

test('several machines come up together and are told one by one', async () => {
  const { sandboxes, events } = await openRoom();
  const sandbox = await sandboxes.open('ada', planOf('swarm', { machines: 3 }));
  await sandbox.ready();
  expect([...sandbox.machines.keys()].toSorted()).toEqual(['node1', 'node2', 'node3']);
  expect(events.filter(({ type }) => type === 'machine-up')).toHaveLength(3);
});

test('closing removes machine and network, and the id is remembered as closed for its owner only', async () => {
  const { sandboxes, engine, settle, store } = await openRoom();
  const sandbox = await sandboxes.open('ada', planOf('hello'));
  await sandbox.ready();
  await sandboxes.close(sandbox.id);
  expect([sandbox.state, sandboxes.get(sandbox.id)]).toEqual(['closed', null]);
  await settle();
  expect(await engine.remains()).toEqual([]);
  expect(store.rows.sandboxes.get(sandbox.id)?.state).toBe('closed');
  expect(await sandboxes.wasClosed(sandbox.id, 'ada')).toBe(true);
  expect(await sandboxes.wasClosed(sandbox.id, 'bob')).toBe(false);
  await expect(sandbox.ready()).rejects.toMatchObject({ code: 'sandbox_closed' });
  await expect(sandboxes.close(sandbox.id)).rejects.toMatchObject({ code: 'not_found' });
});

test('closing while it is being prepared leaves nothing behind', async () => {
  const { sandboxes, engine, settle } = await openRoom();
  const release = engine.switches.hold('createMachine');
  const sandbox = await sandboxes.open('ada', planOf('hello'));
  await expect.poll(() => engine.switches.count('createMachine')).toBe(1);
  await sandboxes.close(sandbox.id);
  release();
  await settle();
  expect(sandbox.state).toBe('closed');
  expect(await engine.remains()).toEqual([]);
});

test('a machine that cannot be made is tried twice, then left asleep for the next visit', async () => {
  const { sandboxes, engine, settle } = await openRoom();
  const { EngineError } = await import('../engine/contract.ts');
  engine.switches.fail('createMachine', new EngineError('machine_unreachable', 'no'), 2);
  const sandbox = await sandboxes.open('ada', planOf('hello'));
  await expect(sandbox.ready()).rejects.toMatchObject({ code: 'sandbox_not_ready' });
  await settle();
  expect([sandbox.state, sandboxes.figures().awake]).toEqual(['asleep', 0]);
  await sandbox.ready();
  expect(sandbox.state).toBe('ready');
});

test('ready gives up when its caller does', async () => {
  const { sandboxes, engine } = await openRoom();
  engine.switches.hold('createMachine');
  const sandbox = await sandboxes.open('ada', planOf('hello'));
  const gone = new AbortController();
  const waiting = sandbox.ready(gone.signal);
  gone.abort(new Error('left'));
  await expect(waiting).rejects.toThrow('left');
});

test('a guest who becomes an account keeps the sandboxes', async () => {
  const { sandboxes } = await openRoom();
  const sandbox = await sandboxes.open('guest', planOf('hello'));
  sandboxes.adopt('guest', 'ada');
  expect(sandboxes.of('ada')).toEqual([sandbox]);
  expect(sandboxes.of('guest')).toEqual([]);
});

test('what nobody comes back to is closed when its time is over, and extending moves that time', async () => {
  const { sandboxes, clock, settle } = await openRoom();
  const [left, extended] = [
    await sandboxes.open('ada', planOf('hello')),
    await sandboxes.open('bob', planOf('hello')),
  ];
  await settle();
  await clock.advance(3 * DAY_MS);
  await sandboxes.extend(extended.id);
  await clock.advance(4 * DAY_MS + 2 * MINUTE_MS);
  await settle();
  expect([left.state, extended.state]).toEqual(['closed', 'asleep']);
});

test('somebody present keeps a sandbox for ever', async () => {
  const { sandboxes, clock, settle } = await openRoom();
  const sandbox = await sandboxes.open('ada', planOf('hello'));
  sandbox.enter();
  await settle();
  await clock.advance(8 * DAY_MS);
  expect(sandbox.state).toBe('ready');
  expect(new Date(sandbox.view().keptUntil).getTime()).toBeGreaterThan(clock.now().getTime() + 6 * DAY_MS);
});
