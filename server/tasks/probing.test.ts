/** Tasks for which somebody must go and look: when that happens, how often, and what it leads to. */
import { expect, test } from 'vitest';
import type { Expectation } from '#server/lessons/expectation.ts';
import type { FindingOf, Probe } from '#server/world/probes/contract.ts';
import { createFakeStore } from '#server/sandbox/testing/fake-store.ts';
import { lesson, NOTE, note, open, PAGE, page, task } from './testing/probe-lesson.ts';
import { openRoom, text, WEB } from './testing/task-room.ts';

test('a task ticks soon after the command that did it', async () => {
  const { finds, types, clock, told } = await open(task('note', [NOTE]));
  finds(() => note('hello'));
  types('echo hello > /note');
  await clock.advance(200);
  expect(told).toMatchObject([{ id: 'note', passed: true }]);
});

test('and after an event, and without either within a few seconds', async () => {
  const first = await open(task('note', [NOTE]));
  first.finds(() => note('hello'));
  first.has(WEB);
  await first.clock.advance(200);
  expect((await first.state('note')).passed).toBe(true);

  const second = await open(task('note', [NOTE]));
  second.finds(() => note('hello'));
  await second.clock.advance(3_000);
  expect((await second.state('note')).passed).toBe(true);
});

test('a tick stays, and what has passed is not looked for again', async () => {
  const { finds, types, asked, clock, state } = await open(task('note', [NOTE]));
  finds(() => note('hello'));
  await clock.advance(3_000);
  finds(() => note('bye'));
  asked.length = 0;
  types('rm /note');
  await clock.advance(10_000);
  expect((await state('note')).passed).toBe(true);
  expect(asked).toEqual([]);
});

test('a held task opens again, but not because its machine cannot be seen', async () => {
  const { finds, clock, state } = await open(task('note', [NOTE], { hold: true }));
  finds(() => note('hello'));
  await clock.advance(3_000);
  finds(() => null);
  await clock.advance(10_000);
  expect((await state('note')).passed).toBe(true);
  finds(() => note('bye'));
  await clock.advance(5_000);
  expect((await state('note')).passed).toBe(false);
});

test('nobody there: nobody looks', async () => {
  const { sandbox, asked, types, has, finds, clock, state } = await open(task('note', [NOTE]));
  finds(() => note('hello'));
  sandbox.isPresent = false;
  asked.length = 0;
  has(WEB);
  types('ls');
  await clock.advance(60_000);
  expect(asked).toEqual([]);
  sandbox.isPresent = true;
  await clock.advance(3_000);
  expect((await state('note')).passed).toBe(true);
});

test('a lesson without such tasks is never looked at by a clock', async () => {
  const { asked, clock, types } = await open(task('web', [{ container: { name: 'web' } }]));
  types('ls');
  await clock.advance(60_000);
  expect(asked).toEqual([]);
});

test('a question is looked up when it is answered, and only then', async () => {
  const shell = 'nproc';
  const { asked, finds, tasks, sandbox, clock, state } = await open(
    task('cores', [{ answer: { number: { shell } } }]),
  );
  await clock.advance(10_000);
  expect(asked).toEqual([]);
  const answer = (value: string) => tasks.answer(sandbox.id, 'cores', value);
  expect((await answer('2')).facts[0]?.words?.en).toMatch(/^your machine does not answer just now/);
  finds(() => ({ exitCode: 0, stdout: '2\n' }));
  expect((await answer('1')).facts[0]?.words?.en).toBe('1 is too small');
  await tasks.solve(sandbox.id, 'cores');
  expect((await state('cores')).facts[0]?.words?.en).toBe('the answer is: 2');
  expect(await answer('2')).toMatchObject({ passed: true });
  expect(asked).toHaveLength(4);
  expect(asked[0]).toEqual({ kind: 'shell', machine: 'node1', script: shell });
});

test('a miss is told when things have settled, to who has tried', async () => {
  const { finds, types, clock, told, state } = await open(task('note', [NOTE]));
  finds(() => note('bye'));
  types('echo bye > /note');
  await clock.advance(600);
  expect(told).toEqual([]);
  await clock.advance(500);
  expect(told).toMatchObject([{ near: true, passed: false }]);
  const [miss] = (await state('note')).facts.filter(({ ok }) => !ok);
  expect(miss?.words?.en).toBe('the file is there, but does not contain “hello”');
});

test('a file that came wrong with the machine is no miss before anybody did anything', async () => {
  const room = openRoom(createFakeStore(), lesson(task('note', [NOTE])), () => note('bye'));
  const { finds, clock, told } = await room;
  await clock.advance(30_000);
  expect(told).toEqual([]);
  // An editor types no command, but the file is another one now.
  finds(() => ({ type: 'directory' }));
  await clock.advance(5_000);
  expect(told).toMatchObject([{ near: true }]);
});

test('commands of this step are no attempt at the next one', async () => {
  const { finds, has, types, clock, state } = await open(
    task('web', [{ container: { name: 'web' } }]),
    task('page', [PAGE], { step: 'second' }),
  );
  finds(() => page('bye'));
  await clock.advance(5_000);
  types('docker ps');
  await clock.advance(5_000);
  expect((await state('page')).near).toBe(false);
  has(WEB);
  await clock.advance(1_000);
  types('docker ps');
  await clock.advance(5_000);
  expect((await state('page')).near).toBe(true);
});

test('a question that was left open, or a task, does not keep later misses from being told', async () => {
  const { finds, has, types, clock, state } = await open(
    task('cores', [{ answer: { number: { shell: 'nproc' } } }]),
    task('left-out', [{ container: { name: 'db' } }]),
    task('web', [{ container: { name: 'web' } }], { step: 'second' }),
    task('page', [PAGE], { step: 'third' }),
  );
  finds(() => page('bye'));
  has(WEB);
  await clock.advance(1_000);
  expect((await state('web')).passed).toBe(true);
  types('docker ps');
  await clock.advance(5_000);
  expect((await state('page')).near).toBe(true);
});

test('expectations about one thing see the same moment of it', async () => {
  const both = [NOTE, { not: { file: { path: '/note', contains: 'bye' } } }];
  const { asked, clock } = await open(task('note', both));
  asked.length = 0;
  await clock.advance(3_000);
  expect(asked).toHaveLength(1);
});

test('what is found belongs to the machine as it was when the look began', async () => {
  const both: Expectation[] = [
    { container: { name: 'web' } },
    { shell: { script: 'differ', says: text('no') } },
  ];
  const { finds, has, clock, state } = await open(task('web', both));
  const early = Promise.withResolvers<FindingOf<Probe>>();
  finds(() => early.promise);
  await clock.advance(3_000);
  // True as long as there is no container; false from then on.
  has(WEB);
  await clock.advance(100);
  finds(() => ({ exitCode: 1, stdout: '' }));
  early.resolve({ exitCode: 0, stdout: '' });
  await clock.advance(10_000);
  expect((await state('web')).passed).toBe(false);
});

test('what holds only because one thing was seen before a change and another after it is no pass', async () => {
  const both = [NOTE, { not: { file: { path: '/dump' } } }];
  const { finds, clock, told, state } = await open(task('kept', both));
  // Both are there; then a restart takes both, between the look at the one and the look at the other.
  let isTaken = false;
  finds((probe) => {
    const found = isTaken ? ({ type: 'missing' } as const) : note('hello');
    if (probe.kind === 'file' && probe.path === '/note') isTaken = true;
    return found;
  });
  await clock.advance(30_000);
  expect((await state('kept')).passed).toBe(false);
  expect(told.filter(({ passed }) => passed)).toEqual([]);
});

test('a closed sandbox is looked at no more', async () => {
  const { asked, close, clock, finds, types, told } = await open(task('note', [NOTE]));
  const late = Promise.withResolvers<FindingOf<Probe>>();
  finds(() => late.promise);
  types('ls');
  await clock.advance(20);
  asked.length = 0;
  close();
  late.resolve(note('hello'));
  await clock.advance(30_000);
  expect(asked).toEqual([]);
  expect(told).toEqual([]);
});
