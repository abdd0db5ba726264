import { expect, test } from 'vitest';
import { EngineError } from '../engine/contract.ts';
import type { Beginning } from './contract.ts';
import { MINUTE_MS, openRoom, planOf } from './testing/open-room.ts';

type Room = Awaited<ReturnType<typeof openRoom>>;

/** Each machine as it was kept under this name, with nothing that ran. */
function from(sandbox: string, name: string, machines = ['node1'], running: string[] = []): Beginning {
  return new Map(machines.map((machine) => [machine, { sandbox, name, running }]));
}

async function opened(options: Parameters<typeof openRoom>[0] = {}, plan = planOf('hello')) {
  const room = await openRoom(options);
  const sandbox = await room.sandboxes.open('ada', plan);
  await sandbox.ready();
  await room.settle();
  return { ...room, sandbox, past: room.sandboxes.past };
}

/** What each machine began with, in order of their making. */
function beginnings({ engine }: Pick<Room, 'engine'>): (string | undefined)[] {
  return [...engine.machinesMade.values()].map(({ spec }) => spec.snapshot?.name);
}

test('all machines of a sandbox are kept together, without a word to any of them', async () => {
  const { engine, past, sandbox } = await opened({}, planOf('pair', { machines: 2 }));
  const commands: string[] = [];
  engine.onExec((process) => void commands.push(process.request.command.join(' ')));
  await past.keep(sandbox.id, 'one');
  expect([...engine.snapshotsMade.keys()].toSorted()).toEqual([
    `${sandbox.id}/node1@one`,
    `${sandbox.id}/node2@one`,
  ]);
  expect(commands).toEqual([]);
  expect(await past.kept(sandbox.id)).toEqual(new Map([['one', 2e5]]));
  await past.drop(sandbox.id, 'one');
  expect(engine.snapshotsMade.size).toBe(0);
});

test('half a sandbox is no state of it: what was kept of one machine goes when another cannot be', async () => {
  const { engine, past, sandbox } = await opened({}, planOf('pair', { machines: 2 }));
  engine.switches.fail('takeSnapshot', new EngineError('disk_full', 'no'));
  await expect(past.keep(sandbox.id, 'one')).rejects.toMatchObject({ code: 'disk_full' });
  expect(engine.snapshotsMade.size).toBe(0);
});

test('what is being prepared, or closed, is not kept and not gone back from', async () => {
  const { engine, past, sandbox, sandboxes } = await opened();
  await past.keep(sandbox.id, 'one');
  const release = engine.switches.hold('createMachine');
  const other = await sandboxes.open('ada', planOf('other'));
  await expect(past.keep(other.id, 'two')).rejects.toMatchObject({ code: 'sandbox_not_ready' });
  await expect(past.rewind(other.id, from(sandbox.id, 'one'))).rejects.toMatchObject({
    code: 'sandbox_not_ready',
  });
  release();
  await sandboxes.close(sandbox.id);
  await expect(past.keep(sandbox.id, 'two')).rejects.toMatchObject({ code: 'not_found' });
});

test('going back is the machine’s next life: nothing of the lesson is laid again, and what ran runs', async () => {
  const plan = planOf('hello', { files: ['note'] });
  plan.machines[0]!.setup = 'docker network create net';
  const { engine, events, past, sandbox, store } = await opened({}, plan);
  await past.keep(sandbox.id, 'one');
  const commands: string[] = [];
  engine.onExec((process) => {
    commands.push(process.request.command.join(' '));
    process.exit(1);
  });
  events.length = 0;
  await past.rewind(sandbox.id, from(sandbox.id, 'one', ['node1'], ['abc', 'def']));
  expect(sandbox.view().preparing).toMatchObject({ stage: 'rewinding' });
  // Written down before anything is lost.
  expect(store.rows.sandboxes.get(sandbox.id)).toMatchObject({
    state: 'asleep',
    machines: [{ generation: 2, from: { name: 'one' } }],
  });
  await sandbox.ready();
  expect(beginnings({ engine })).toEqual(['one']);
  expect(sandbox.machines.get('node1')?.generation).toBe(2);
  expect(commands).toEqual(['docker start abc def']);
  expect(events.map(({ type }) => type).filter((type) => type.startsWith('machine'))).toEqual([
    'machine-down',
    'machine-up',
  ]);
  // From here on its life is an ordinary one.
  await expect.poll(() => store.rows.sandboxes.get(sandbox.id)).toMatchObject({ state: 'ready' });
  expect(store.rows.sandboxes.get(sandbox.id)!.machines[0]).not.toHaveProperty('from');
});

test('what is not kept of every machine is refused, and all stays as it is', async () => {
  const { engine, past, sandbox } = await opened({}, planOf('pair', { machines: 2 }));
  await past.keep(sandbox.id, 'one');
  const wrong = [
    from(sandbox.id, 'two', ['node1', 'node2']),
    from(sandbox.id, 'one'),
    from('zzzzzzzz', 'one'),
  ];
  for (const beginning of wrong)
    await expect(past.rewind(sandbox.id, beginning)).rejects.toMatchObject({ code: 'not_found' });
  expect([sandbox.state, beginnings({ engine })]).toEqual(['ready', [undefined, undefined]]);
});

test('a sandbox that sleeps wakes as it was kept', async () => {
  const { clock, engine, past, sandbox, settle } = await opened();
  await past.keep(sandbox.id, 'one');
  await clock.advance(16 * MINUTE_MS);
  await settle();
  expect(sandbox.state).toBe('asleep');
  await past.rewind(sandbox.id, from(sandbox.id, 'one'));
  await sandbox.ready();
  expect(beginnings({ engine })).toEqual(['one']);
  expect(engine.switches.count('startMachine')).toBe(0);
});

test('a return that fails can be woken, and goes on to where it wanted', async () => {
  const { engine, notices, past, sandbox, settle } = await opened();
  await past.keep(sandbox.id, 'one');
  const gone = new EngineError('engine_down', 'The engine is away.');
  engine.switches.fail('createMachine', gone);
  await past.rewind(sandbox.id, from(sandbox.id, 'one'));
  await settle();
  expect([sandbox.state, notices()]).toEqual(['asleep', ['not_started']]);
  await sandbox.ready();
  expect(beginnings({ engine })).toEqual(['one']);
});

test.each(['before the old life ended', 'after the new one was made'])(
  'a server that dies in between is followed by one that carries on: %s',
  async (moment) => {
    const { engine, past, sandbox, sandboxes, store } = await opened();
    await past.keep(sandbox.id, 'one');
    const { id } = sandbox;
    if (moment.startsWith('before')) {
      const before = structuredClone(engine.machinesMade.get(`${id}/node1`)!);
      await past.rewind(id, from(id, 'one'));
      const written = structuredClone(store.rows.sandboxes.get(id)!);
      await sandboxes[Symbol.asyncDispose]();
      engine.machinesMade.set(`${id}/node1`, before);
      store.rows.sandboxes.set(id, written);
    } else {
      await past.rewind(id, from(id, 'one', ['node1'], ['abc']));
      const written = structuredClone(store.rows.sandboxes.get(id)!);
      await sandboxes[Symbol.asyncDispose]();
      store.rows.sandboxes.set(id, written);
    }
    const next = await openRoom({ engine, store });
    await next.settle();
    const again = next.sandboxes.get(id)!;
    await again.ready();
    expect(beginnings({ engine })).toEqual(['one']);
    expect(again.machines.get('node1')?.generation).toBe(2);
    expect(store.rows.sandboxes.get(id)!.machines[0]).not.toHaveProperty('from');
  },
);

test('where a snapshot is lost on the way the machine is made anew, rather than never', async () => {
  const { engine, past, sandbox } = await opened({}, planOf('hello', { files: ['note'] }));
  await past.keep(sandbox.id, 'one');
  const release = engine.switches.hold('createMachine');
  await past.rewind(sandbox.id, from(sandbox.id, 'one'));
  engine.snapshotsMade.clear();
  release();
  await sandbox.ready();
  expect(beginnings({ engine })).toEqual([undefined]);
});

test('a sandbox that is closed on its way back leaves nothing', async () => {
  const { engine, past, sandbox, sandboxes, settle } = await opened();
  await past.keep(sandbox.id, 'one');
  await past.rewind(sandbox.id, from(sandbox.id, 'one'));
  await sandboxes.close(sandbox.id);
  await settle();
  expect(await engine.remains()).toEqual([]);
});

test('a second try is a sandbox of its own with the values of the first, and one of those a user may have', async () => {
  const { engine, past, sandbox, sandboxes } = await opened({ limits: { sandboxesPerUser: 2 } });
  await past.keep(sandbox.id, 'one');
  const fork = await past.fork(sandbox.id, from(sandbox.id, 'one'));
  await fork.ready();
  expect(fork).toMatchObject({ userId: 'ada', lesson: sandbox.lesson, seed: sandbox.id, state: 'ready' });
  expect(engine.machinesMade.get(`${fork.id}/node1`)?.spec.snapshot).toMatchObject({ sandbox: sandbox.id });
  await expect(past.fork(sandbox.id, from(sandbox.id, 'one'))).rejects.toMatchObject({
    code: 'too_many_sandboxes',
  });
  await expect(past.fork(sandbox.id, from(sandbox.id, 'two'))).rejects.toMatchObject({ code: 'not_found' });
  await sandboxes.close(sandbox.id);
  expect(fork.state).toBe('ready');
});

test('a held sandbox waits as it is, and goes on as it was or from where it is brought', async () => {
  const { engine, past, sandbox, settle } = await opened();
  await past.keep(sandbox.id, 'one');
  {
    using hold = past.hold(sandbox.id);
    hold.report(1, 4);
    expect(sandbox.view().preparing).toEqual({ stage: 'replaying', done: 1, total: 4 });
    expect(() => past.hold(sandbox.id)).toThrow('not ready');
  }
  await sandbox.ready();
  expect(beginnings({ engine })).toEqual([undefined]);
  {
    using _ = past.hold(sandbox.id);
    await past.rewind(sandbox.id, from(sandbox.id, 'one'));
  }
  await sandbox.ready();
  await settle();
  expect(beginnings({ engine })).toEqual(['one']);
});

test('a sandbox of nobody’s is written down nowhere and gone with the server', async () => {
  const { engine, past, sandbox, sandboxes, store } = await opened();
  const built = await past.build(planOf('hello', { images: ['nginx'] }));
  await built.ready();
  await past.keep(built.id, 'golden', { as: 'goldenaa' });
  expect([...store.rows.sandboxes.keys()]).toEqual([sandbox.id]);
  expect(sandboxes.figures().mostOfOneUser).toBe(1);
  await sandboxes[Symbol.asyncDispose]();
  const next = await openRoom({ engine, store, isKept: (id) => id === 'goldenaa' });
  await next.settle();
  expect((await engine.remains()).toSorted()).toEqual([sandbox.id, 'goldenaa'].toSorted());
  await next.sandboxes.past.forget('goldenaa');
  expect(await engine.remains()).toEqual([sandbox.id]);
});

test('what is kept counts to the disk, lowers what may be written, and is told of when it crowds', async () => {
  const { clock, engine, events, past, sandbox } = await opened();
  using _ = sandbox.enter();
  const place = `${sandbox.id}/node1`;
  engine.usages.set(place, { diskBytes: 200e6, ownDiskBytes: 0 });
  await past.keep(sandbox.id, 'one');
  // The fake says of each snapshot that it adds 100 kB to 900 kB of before; now the machine has nothing of it left.
  engine.usages.set(place, { diskBytes: 0.9e6, ownDiskBytes: 0 });
  await clock.advance(5_000);
  expect(sandbox.view().machines[0]!.diskBytes).toBe(1e6);
  expect(engine.diskLimits.get(place)).toBe(2e9 - 1e5);
  for (let taken = 0; taken < 100; taken++) await past.keep(sandbox.id, `more-${taken}`);
  engine.usages.set(place, { diskBytes: 1.9e9, ownDiskBytes: 1.9e9 });
  await clock.advance(5_000);
  expect(events.filter(({ type }) => type === 'crowded')).toHaveLength(1);
  expect(engine.diskLimits.get(place)).toBe(2e9 - 101e5);
});
