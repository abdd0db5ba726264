/** How often somebody goes and looks for tasks, which of them come first, and what that costs the machine. */
import { expect, test } from 'vitest';
import type { FindingOf, Probe } from '#server/world/probes/contract.ts';
import { NOTE, note, open, PAGE, page, task } from './testing/probe-lesson.ts';
import { text, WEB } from './testing/task-room.ts';

test('each task looks once at a time, and a slow one holds up no other', async () => {
  const { finds, asked, types, clock, state } = await open(
    task('slow', [{ shell: { script: 'slow', says: text('slow') } }]),
    task('page', [PAGE]),
  );
  const slow = Promise.withResolvers<FindingOf<Probe>>();
  asked.length = 0;
  finds((probe) => (probe.kind === 'shell' ? slow.promise : page('hello')));
  for (let typed = 0; typed < 5; typed++) {
    types('ls');
    await clock.advance(1_000);
  }
  expect((await state('page')).passed).toBe(true);
  expect(asked.filter(({ kind }) => kind === 'shell')).toHaveLength(1);
  slow.resolve({ exitCode: 0, stdout: '' });
  await clock.advance(1_000);
  expect((await state('slow')).passed).toBe(true);
});

test('no more than two processes of ours run in a sandbox at once', async () => {
  const scripts = Array.from({ length: 6 }, (_, index) =>
    task(`task-${index}`, [{ shell: { script: `${index}`, says: text('no') } }]),
  );
  let running = 0;
  let most = 0;
  const { finds, clock, types } = await open(...scripts);
  finds(async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return null;
  });
  types('ls');
  await clock.advance(3_000);
  expect(most).toBe(2);
});

test('what the learner is at goes before what comes later', async () => {
  const later = Array.from({ length: 4 }, (_, index) =>
    task(`later-${index}`, [{ shell: { script: `later ${index}`, says: text('no') } }], { step: 'second' }),
  );
  const now = task('now', [{ shell: { script: 'now', says: text('no') } }]);
  const { finds, asked, types, clock } = await open(now, ...later);
  const ends: (() => void)[] = [];
  finds(async () => {
    await new Promise<void>((resolve) => ends.push(resolve));
    return { exitCode: 1, stdout: '' };
  });
  const scripts = () => asked.map((probe) => (probe.kind === 'shell' ? probe.script : ''));
  asked.length = 0;
  types('ls');
  await clock.advance(100);
  expect(scripts()).toEqual(['now']);
  ends.shift()!();
  await clock.advance(0);
  // Settled: all are looked for, two at a time, and the others wait.
  await clock.advance(1_000);
  ends.shift()!();
  await clock.advance(100);
  expect(scripts()).toEqual(['now', 'now', 'later 0', 'later 1']);
  types('ls');
  await clock.advance(100);
  ends.shift()!();
  await clock.advance(100);
  expect(scripts().slice(4)).toEqual(['now']);
});

test('what the machine does by itself lets nobody look for later steps before it has settled', async () => {
  const { has, asked, clock } = await open(
    task('now', [NOTE]),
    task('later', [{ file: { path: '/later' } }], { step: 'second' }),
  );
  const paths = () => asked.map((probe) => (probe.kind === 'file' ? probe.path : ''));
  await clock.advance(1_100);
  asked.length = 0;
  has(WEB);
  await clock.advance(600);
  expect(paths()).toEqual(['/note']);
  await clock.advance(400);
  expect(paths()).toContain('/later');
});

test('a machine in which something happens all the time is looked at about once a second, and still in time', async () => {
  const { has, asked, finds, clock, state } = await open(task('note', [NOTE]));
  asked.length = 0;
  for (let spentMs = 0; spentMs < 120_000; spentMs += 100) {
    has(WEB);
    await clock.advance(100);
  }
  expect(asked.length).toBeLessThanOrEqual(180);
  finds(() => note('hello'));
  has(WEB);
  await clock.advance(1_500);
  expect((await state('note')).passed).toBe(true);
});

test('what is typed in a machine that never rests ticks at once', async () => {
  const { has, types, finds, clock, state } = await open(task('note', [NOTE]));
  for (let spentMs = 0; spentMs < 60_600; spentMs += 100) {
    has(WEB);
    await clock.advance(100);
  }
  finds(() => note('hello'));
  types('echo hello > /note');
  await clock.advance(100);
  expect((await state('note')).passed).toBe(true);
});

test('what seems to be typed all the time brings at most one look more for each two seconds', async () => {
  const { types, asked, clock } = await open(task('note', [NOTE]));
  asked.length = 0;
  for (let spentMs = 0; spentMs < 120_000; spentMs += 100) {
    types('true');
    await clock.advance(100);
  }
  expect(asked.length).toBeLessThanOrEqual(240);
});
