/** Tasks tick by what happens in machines and terminals, tell misses when things have settled, and are kept. */
import { expect, test } from 'vitest';
import { createFakeStore } from '#server/sandbox/testing/fake-store.ts';
import { DB, DEFINITION, KEY, openRoom, WEB } from './testing/task-room.ts';
import { container, port } from './testing/worlds.ts';

test('a task ticks at once when its container runs', async () => {
  const { has, clock, told } = await openRoom();
  has(WEB);
  await clock.advance(20);
  expect(told).toMatchObject([
    { id: 'web', step: 'run', passed: true, near: false, facts: [{ ok: true }, { ok: true }, { ok: true }] },
  ]);
});

test('a burst of events is one look', async () => {
  const { has, clock, told } = await openRoom();
  for (let burst = 0; burst < 50; burst++) has(burst % 2 ? WEB : DB);
  await clock.advance(20);
  expect(told.map(({ id }) => id)).toEqual(['web']);
});

test('a passed task stays passed, a held one does not', async () => {
  const { has, clock, state } = await openRoom();
  has(WEB, DB);
  await clock.advance(20);
  has();
  await clock.advance(20);
  expect((await state('web')).passed).toBe(true);
  expect((await state('held')).passed).toBe(false);
});

test('a held task is not lost while the machine cannot be seen', async () => {
  const { has, types, goesDark, clock, state } = await openRoom();
  has(DB);
  await clock.advance(20);
  goesDark();
  types('ls');
  await clock.advance(1_000);
  expect((await state('held')).passed).toBe(true);
});

test('a near miss is told when things have settled, not on the way', async () => {
  const { has, clock, told, state } = await openRoom();
  has({ ...WEB, state: 'created' });
  await clock.advance(300);
  expect(told).toEqual([]);
  has({ ...WEB, ports: [port(80, 8080)] });
  await clock.advance(690);
  expect(told).toEqual([]);
  await clock.advance(20);
  expect(told).toMatchObject([{ id: 'web', passed: false, near: true }]);
  expect((await state('web')).facts.find(({ ok }) => !ok)?.words?.en).toBe('you published 80→8080');
});

test('what never settles is told nevertheless', async () => {
  const { has, clock, told } = await openRoom();
  for (let spent = 0; spent <= 3_200; spent += 200) {
    has({ ...WEB, ports: [] });
    await clock.advance(200);
  }
  expect(told).toMatchObject([{ id: 'web', near: true }]);
});

test('what an earlier step has left is no miss of the next one', async () => {
  const [first] = DEFINITION.tasks;
  const copy = { container: { name: 'copy', image: 'nginx', running: true } };
  const tasks = [first!, { ...first!, id: 'copy', step: 'second', expect: [copy] }];
  const { has, clock, state } = await openRoom(createFakeStore(), { ...DEFINITION, tasks });
  const createdAt = clock.now().toISOString();
  has({ ...WEB, createdAt });
  await clock.advance(1_000);
  expect(await state('web')).toMatchObject({ passed: true });
  expect(await state('copy')).toMatchObject({ near: false });
  const later = container({ id: 'c2', name: 'sad_turing', createdAt: clock.now().toISOString() });
  has({ ...WEB, createdAt }, later);
  await clock.advance(1_000);
  expect(await state('copy')).toMatchObject({ near: true });
});

test('a miss that was undone is taken back', async () => {
  const { has, clock, state } = await openRoom();
  has({ ...WEB, ports: [] });
  await clock.advance(1_000);
  has();
  await clock.advance(1_000);
  expect(await state('web')).toMatchObject({ near: false, facts: [] });
});

test('typed commands count, also those of before the server started', async () => {
  const { types, clock, state } = await openRoom();
  types('docker ps -a');
  await clock.advance(20);
  expect((await state('typed')).passed).toBe(true);

  const store = createFakeStore();
  const command = { machine: 'node1', terminal: '1', exitCode: 0, startedAt: new Date(), durationMs: 1 };
  await store.commands.add({ ...command, sandbox: 'abcdefgh', line: 'docker ps -aq' });
  expect((await (await openRoom(store)).state('typed')).passed).toBe(true);
});

test('hints come one by one, and the last one again', async () => {
  const { tasks, sandbox, store } = await openRoom();
  const given = async () => (await tasks.hint(sandbox.id, 'web')).hintsGiven.map(({ en }) => en);
  expect(await given()).toEqual(['first']);
  expect(await given()).toEqual(['first', 'second']);
  expect(await given()).toEqual(['first', 'second']);
  await tasks[Symbol.asyncDispose]();
  expect([...store.rows.tasks.values()]).toMatchObject([{ task: 'web', hintsGiven: 2, passedAt: null }]);
});

test('a solution is shown and remembered', async () => {
  const { tasks, sandbox, told } = await openRoom();
  expect(await tasks.solve(sandbox.id, 'web')).toEqual({
    task: 'web',
    lines: [{ machine: 'node1', text: 'solve web' }],
  });
  expect(told).toMatchObject([{ id: 'web', solved: true, passed: false }]);
});

test('an answer is judged by the learner’s own machine', async () => {
  const { tasks, sandbox, has, clock } = await openRoom();
  has(WEB, DB);
  await clock.advance(20);
  expect(await tasks.answer(sandbox.id, 'asked', '3')).toMatchObject({
    passed: false,
    near: true,
    facts: [{ field: 'answer', words: { en: '3 is too many' } }],
  });
  expect(await tasks.answer(sandbox.id, 'asked', '2')).toMatchObject({ passed: true, near: false });
  expect(await tasks.answer(sandbox.id, 'asked', '7')).toMatchObject({ passed: true });
});

test('a solved question shows its answer', async () => {
  const { tasks, sandbox, has, clock, state } = await openRoom();
  has(WEB, DB);
  await clock.advance(20);
  expect((await tasks.solve(sandbox.id, 'asked')).lines).toEqual([]);
  await clock.advance(5_000);
  expect((await state('asked')).facts[0]?.words?.en).toBe('the answer is: 2');
});

test('the lesson is finished when every task has passed', async () => {
  const { tasks, sandbox, has, types, clock, store } = await openRoom();
  has(WEB, DB);
  types('docker ps -a');
  await clock.advance(20);
  expect(store.rows.lessons.size).toBe(0);
  await tasks.answer(sandbox.id, 'asked', '2');
  await tasks[Symbol.asyncDispose]();
  expect([...store.rows.lessons.values()]).toMatchObject([{ lesson: KEY, finishedAt: expect.any(Date) }]);
});

test('a closed sandbox is looked at no more, and what is not there is refused by name', async () => {
  const { tasks, sandbox, close, has, clock, told } = await openRoom();
  await expect(tasks.hint(sandbox.id, 'nothing')).rejects.toMatchObject({ code: 'not_found' });
  await expect(tasks.states('zzzzzzzz')).rejects.toMatchObject({ code: 'not_found' });
  close();
  has(WEB);
  await clock.advance(1_000);
  expect(told).toEqual([]);
  await expect(tasks.answer(sandbox.id, 'asked', '1')).rejects.toMatchObject({ code: 'not_found' });
});
