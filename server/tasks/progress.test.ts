/** What a learner has done is kept, follows them into an account, and is worth points. */
import { expect, test } from 'vitest';
import { createFakeStore } from '#server/sandbox/testing/fake-store.ts';
import { DEFINITION, KEY, openRoom, text, WEB } from './testing/task-room.ts';

test('progress survives the sandbox and belongs to the learner', async () => {
  const first = await openRoom();
  first.has(WEB);
  await first.clock.advance(20);
  await first.tasks[Symbol.asyncDispose]();
  const again = await openRoom(first.store);
  expect(await again.state('web')).toMatchObject({ passed: true, passedAt: '2030-01-01T00:00:05.015Z' });
  expect((await again.state('typed')).passed).toBe(false);
});

test('a guest who became an account keeps passing on the account’s name', async () => {
  const { has, clock, sandbox, tasks, store } = await openRoom();
  sandbox.userId = 'account';
  has(WEB);
  await clock.advance(20);
  await tasks[Symbol.asyncDispose]();
  expect((await store.progress.tasks('account', KEY)).map(({ task }) => task)).toEqual(['web']);
});

test('a page that is open when a guest signs in shows what the account had passed, and undoes nothing', async () => {
  const { has, clock, sandbox, tasks, store, told, state } = await openRoom();
  has(WEB);
  await clock.advance(20);
  const passedAt = new Date(0);
  await store.progress.saveTask('account', KEY, { task: 'typed', passedAt, hintsGiven: 1 });
  sandbox.userId = 'account';
  told.length = 0;
  await tasks.catchUp('somebody else');
  expect(told).toEqual([]);
  await tasks.catchUp('account');
  expect(told).toMatchObject([{ id: 'typed', passed: true, hintsGiven: [text('first')] }]);
  expect((await state('web')).passed).toBe(true);
});

test('who reads without a machine sees what is written down', async () => {
  const { has, clock, tasks } = await openRoom();
  has(WEB);
  await clock.advance(20);
  await tasks.hint('abcdefgh', 'held');
  await tasks[Symbol.asyncDispose]();
  expect(await tasks.recorded('ann', KEY, null)).toMatchObject([
    { id: 'web', passed: true, points: null },
    { id: 'held', passed: false, hintsGiven: [text('first')] },
    { id: 'typed', passed: false },
    { id: 'asked', passed: false },
  ]);
  expect((await tasks.recorded('bob', KEY, null)).some(({ passed }) => passed)).toBe(false);
  expect(await tasks.recorded('ann', { ...KEY, lesson: 'nope' }, null)).toEqual([]);
});

test('a choice that passed long ago still shows which option was right', async () => {
  const choice = [
    { text: text('no'), why: text('it is not') },
    { text: text('yes'), right: true as const },
  ];
  const asked = { ...DEFINITION.tasks[3]!, expect: [{ answer: { choice } }] };
  const { tasks, store } = await openRoom(createFakeStore(), { ...DEFINITION, tasks: [asked] });
  const shown = async () => (await tasks.recorded('ann', KEY, null))[0]!;
  expect(await shown()).toMatchObject({ passed: false, facts: [] });
  await store.progress.saveTask('ann', KEY, { task: 'asked', passedAt: new Date() });
  expect(await shown()).toMatchObject({ passed: true, facts: [{ field: 'answer', ok: true, actual: '2' }] });
});

test('a scored task tells what it is still worth', async () => {
  const { tasks, sandbox, state } = await openRoom(createFakeStore(), { ...DEFINITION, scored: true });
  expect((await state('web')).points).toBe(10);
  expect((await tasks.hint(sandbox.id, 'web')).points).toBe(7);
  await tasks.solve(sandbox.id, 'web');
  expect((await state('web')).points).toBe(0);
});

test('what a closed sandbox has to write down is written once settled', async () => {
  const { has, clock, close, tasks, store } = await openRoom();
  const save = store.progress.saveTask;
  store.progress.saveTask = async (...saved) => {
    await Promise.resolve();
    await save(...saved);
  };
  has(WEB);
  await clock.advance(20);
  close();
  await tasks.settled();
  expect((await store.progress.tasks('ann', KEY)).map(({ task }) => task)).toEqual(['web']);
});

test('a database that fails takes no tick away', async () => {
  const store = createFakeStore();
  store.progress.saveTask = () => Promise.reject(new Error('disk full'));
  const { has, clock, state } = await openRoom(store);
  has(WEB);
  await clock.advance(20);
  expect((await state('web')).passed).toBe(true);
});
