import { afterEach, expect, test } from 'vitest';
import { container } from '#server/gateway/previews/testing/rooms.ts';
import { HISTORY_LIMITS } from '#server/protocol/history.ts';
import { FakeEngine } from '#server/sandbox/testing/fake-engine.ts';
import { planOf } from '#server/sandbox/testing/open-room.ts';
import { openHistory } from './testing/open-history.ts';

type Place = Awaited<ReturnType<typeof openHistory>>;

let place: Place;
afterEach(() => expect(place.errors).toEqual([]));

const kinds = async (sandbox: string) =>
  (await place.rows(sandbox)).map(({ kind, step, name }) => [kind, step ?? name].filter(Boolean).join(' '));

test('a new sandbox is kept before its learner’s first command, and not again when it wakes', async () => {
  place = await openHistory();
  const sandbox = await place.begins();
  expect(await kinds(sandbox.id)).toEqual(['start']);
  expect([...place.engine.snapshotsMade.keys()]).toEqual([
    `${sandbox.id}/node1@${(await place.rows(sandbox.id))[0]!.id}`,
  ]);
  await place.clock.advance(16 * 60_000);
  await place.settle();
  expect(sandbox.state).toBe('asleep');
  await sandbox.ready();
  await place.settle();
  expect(await kinds(sandbox.id)).toEqual(['start']);
});

test('a step is kept at the moment when the last of its tasks passes, and again when it passes again', async () => {
  place = await openHistory();
  const { id } = await place.begins();
  place.passes(id, 'one-a');
  await place.settle();
  expect(await kinds(id)).toEqual(['start']);
  place.passes(id, 'one-b');
  await place.settle();
  expect(await kinds(id)).toEqual(['start', 'step one']);
  const [, first] = await place.rows(id);
  // What is told of it later ends it no second time.
  place.passes(id, 'one-b');
  await place.settle();
  expect((await place.rows(id))[1]!.id).toBe(first!.id);
  place.opensAgain(id, 'one-a');
  await place.settle();
  place.passes(id, 'one-a');
  await place.settle();
  const rows = await place.rows(id);
  expect(rows.map(({ step }) => step)).toEqual([null, 'one']);
  expect(rows[1]!.id).not.toBe(first!.id);
  expect(place.engine.snapshotsMade.size).toBe(2);
});

test('what had passed before this sandbox was opened ends no step in it', async () => {
  place = await openHistory();
  place.passes('zzzzzzzz', 'one-a', 'one-b');
  const { id } = await place.begins();
  place.passes(id, 'one-b');
  await place.settle();
  expect(await kinds(id)).toEqual(['start']);
});

test('a step without tasks is kept when its learner goes on, not when pages are only turned', async () => {
  place = await openHistory();
  const { id } = await place.begins();
  place.passes(id, 'one-a', 'one-b');
  await place.settle();
  place.histories.movedOn(id, 'three', 'one');
  place.histories.movedOn(id, 'two', 'three');
  place.histories.movedOn(id, 'nosuch', 'three');
  await place.settle();
  // Back is no way on; and of the second step nothing has passed.
  expect(await kinds(id)).toEqual(['start', 'step one']);
  const [, first] = await place.rows(id);
  place.histories.movedOn(id, 'one', 'two');
  await place.settle();
  expect((await place.rows(id))[1]!.id).toBe(first!.id);
  // Gone through again after going back: its tasks have passed for good, and tell nothing.
  await place.clock.advance(1_000);
  await place.histories.rewind(id, { to: 'snapshot', snapshot: (await place.rows(id))[0]!.id });
  await place.settle();
  expect(place.told.filter(({ type }) => type === 'rewound')).toEqual([
    { type: 'rewound', sandbox: id, step: null },
  ]);
  place.histories.movedOn(id, 'one', 'two');
  await place.settle();
  expect(await kinds(id)).toEqual(['start', 'step one']);
  expect((await place.rows(id))[1]!.id).not.toBe(first!.id);
});

test('states with a name are kept up to a number, and one is dropped by its learner', async () => {
  place = await openHistory();
  const { id } = await place.begins();
  for (let one = 0; one < HISTORY_LIMITS.named; one++) await place.histories.keep(id, `state ${one}`);
  await expect(place.histories.keep(id, 'one more')).rejects.toMatchObject({
    code: 'too_many_snapshots',
    message: expect.stringContaining('Remove one'),
  });
  const { snapshots } = await place.histories.of(id);
  expect(snapshots).toHaveLength(HISTORY_LIMITS.named + 1);
  expect(snapshots[1]).toMatchObject({ kind: 'named', name: 'state 0', step: null, ownBytes: 1e5 });
  await place.histories.remove(id, snapshots[1]!.id);
  await place.histories.keep(id, 'one more');
  await expect(place.histories.remove(id, snapshots[1]!.id)).rejects.toMatchObject({ code: 'not_found' });
  await place.settle();
  expect(place.engine.snapshotsMade.size).toBe(HISTORY_LIMITS.named + 1);
  expect(place.told.at(-1)).toMatchObject({ type: 'changed', sandbox: id });
});

test('beyond the bound the oldest step goes, never the start or what has a name', async () => {
  place = await openHistory();
  const { id } = await place.begins();
  await place.histories.keep(id, 'mine');
  for (let step = 0; step < HISTORY_LIMITS.kept; step++) {
    const row = (await place.rows(id))[0]!;
    const snapshot = {
      ...row,
      id: `s${step}`,
      kind: 'step' as const,
      step: `s${step}`,
      takenAt: place.clock.now(),
    };
    await place.store.history.addSnapshot(snapshot);
    await place.clock.advance(1_000);
  }
  place.passes(id, 'one-a', 'one-b');
  await place.settle();
  const kept = await kinds(id);
  expect(kept).toHaveLength(HISTORY_LIMITS.kept);
  expect(kept.slice(0, 3)).toEqual(['start', 'named mine', 'step s3']);
  expect(kept.at(-1)).toBe('step one');
});

test('when the disk is full what was kept by itself gives way, the start last, and its learner is told', async () => {
  place = await openHistory();
  place.engine.taken = { diskBytes: 1e9, ownDiskBytes: 5e7 };
  const sandbox = await place.begins();
  const { id } = sandbox;
  await place.histories.keep(id, 'mine');
  place.passes(id, 'one-a', 'one-b', 'two-a', 'two-b');
  await place.settle();
  expect(await kinds(id)).toEqual(['start', 'named mine', 'step one', 'step two']);
  // Nothing of what was kept is in the machine any more.
  place.engine.usages.set(`${id}/node1`, { diskBytes: 1.99e9, ownDiskBytes: 1.99e9 });
  using _ = sandbox.enter();
  for (const left of [['start', 'named mine'], ['named mine'], ['named mine']]) {
    await place.clock.advance(5_000);
    await place.histories.settled();
    expect(await kinds(id)).toEqual(left);
  }
  const notices = place.told.filter(({ type }) => type === 'notice');
  const trimmed = { type: 'notice', sandbox: id, notice: 'history_trimmed', machine: 'node1' };
  expect(notices).toEqual([trimmed, trimmed]);
});

test('what going back loses is told by machine and kind', async () => {
  place = await openHistory();
  const { id } = await place.begins();
  place.worlds.tell(id, 'node1', [container('web', [])]);
  const { snapshots } = await place.histories.keep(id, 'mine');
  place.worlds.tell(id, 'node1', [container('web', []), container('newer', [])]);
  place.finds({ exitCode: 0, stdout: 'app/note\0.bash_history\0two\nlines\0' });
  expect(await place.histories.losses(id, snapshots[1]!.id)).toEqual([
    {
      machine: 'node1',
      containers: ['newer'],
      images: [],
      volumes: [],
      networks: [],
      files: ['app/note', 'two\nlines'],
      more: 0,
    },
  ]);
  await expect(place.histories.losses(id, 'nosuch')).rejects.toMatchObject({ code: 'not_found' });
  await place.clock.advance(16 * 60_000);
  await place.settle();
  await expect(place.histories.losses(id, snapshots[1]!.id)).rejects.toMatchObject({
    code: 'sandbox_not_ready',
  });
});

test('going back starts what ran then, and is remembered as an attempt', async () => {
  place = await openHistory();
  const sandbox = await place.begins();
  const { id } = sandbox;
  place.worlds.tell(id, 'node1', [container('web', []), container('ended', [], 'exited')]);
  const { snapshots } = await place.histories.keep(id, 'mine');
  const commands: string[] = [];
  place.engine.onExec((process) => {
    commands.push(process.request.command.join(' '));
    process.exit(0);
  });
  await place.histories.rewind(id, { to: 'snapshot', snapshot: snapshots[1]!.id });
  await sandbox.ready();
  expect(commands).toEqual(['docker start web']);
  await place.settle();
  expect(await place.histories.of(id)).toMatchObject({ attempts: 1 });
  expect(place.store.rows.attempts).toMatchObject([{ userId: 'ada', kind: 'named', step: null }]);
  await expect(place.histories.rewind(id, { to: 'snapshot', snapshot: 'nosuch' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a row without a disk and a disk without a row are cleared away by the next server', async () => {
  place = await openHistory();
  const { id } = await place.begins();
  const { snapshots } = await place.histories.keep(id, 'mine');
  const [start, mine] = snapshots;
  place.engine.snapshotsMade.delete(`${id}/node1@${mine!.id}`);
  await place.engine.takeSnapshot(place.sandboxes.get(id)!.machines.get('node1')!, 'stranger');
  await place.sandboxes[Symbol.asyncDispose]();
  place = await openHistory({ engine: place.engine, store: place.store });
  expect((await place.histories.of(id)).snapshots.map((one) => one.id)).toEqual([start!.id]);
  expect([...place.engine.snapshotsMade.keys()]).toEqual([`${id}/node1@${start!.id}`]);
});

test('what is kept of a sandbox goes with it, also where the server was away', async () => {
  place = await openHistory();
  const first = await place.begins();
  await place.sandboxes.close(first.id);
  await place.settle();
  expect(await place.rows(first.id)).toEqual([]);
  const second = await place.begins();
  await place.sandboxes[Symbol.asyncDispose]();
  place.store.rows.sandboxes.get(second.id)!.state = 'closed';
  place = await openHistory({ engine: place.engine, store: place.store });
  expect(place.store.rows.snapshots.size).toBe(0);
});

test('a pool that cannot keep disks refuses by name, and keeps nothing by itself', async () => {
  const engine = new FakeEngine();
  const told = await engine.describe();
  engine.describe = async () => ({ ...told, snapshots: false });
  place = await openHistory({ engine });
  const { id } = await place.begins();
  expect(await place.histories.of(id)).toEqual({ snapshots: [], startable: [], attempts: 0 });
  await expect(place.histories.keep(id, 'mine')).rejects.toMatchObject({ code: 'cannot_keep' });
});

test('a playground has its start and what is kept by hand', async () => {
  place = await openHistory();
  const plan = { ...planOf('none'), lesson: null };
  const { id } = await place.begins('ada', plan);
  await place.histories.keep(id, 'mine');
  expect(await kinds(id)).toEqual(['start', 'named mine']);
  expect(await place.histories.of(id)).toMatchObject({ startable: [], attempts: 0 });
});
