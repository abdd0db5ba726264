/** Tasks tick by what happens in machines and terminals, tell misses when things have settled, and are kept. */
import { expect, test } from 'vitest';
import type { LessonDefinition, TaskDefinition } from '#server/lessons/contract.ts';
import type { Expectation } from '#server/lessons/expectation.ts';
import type { Sandbox, SandboxEvent } from '#server/sandbox/contract.ts';
import { createFakeStore, type FakeStore } from '#server/sandbox/testing/fake-store.ts';
import type { World, WorldEvent } from '#server/world/contract.ts';
import { FakeClock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import { silentLog } from '../lib/log.ts';
import type { Command } from '../protocol/feed.ts';
import type { TaskState } from '../protocol/tasks.ts';
import { openTasks } from './tasks.ts';
import { container, port, world } from './testing/worlds.ts';

const KEY = { course: 'basics', lesson: 'first' };
const text = (en: string) => ({ en, zh: en });
const task = (id: string, expect: Expectation, more: Partial<TaskDefinition> = {}): TaskDefinition => ({
  id,
  step: 'run',
  title: text(id),
  expect: [expect],
  hints: [text('first'), text('second')],
  hold: false,
  solution: [{ machine: 'node1', text: `solve ${id}` }],
  ...more,
});

const DEFINITION: LessonDefinition = {
  key: KEY,
  plan: { lesson: KEY, machines: [{ name: 'node1', images: [], files: [] }] },
  tasks: [
    task('web', { container: { name: 'web', running: true, ports: ['8080:80'] } }),
    task('held', { container: { name: 'db', running: true } }, { hold: true }),
    task('typed', { command: { line: 'docker ps -a' } }),
    task('asked', { answer: { number: { containers: {} } } }, { solution: [] }),
  ],
  proof: new Map(),
  wrong: [],
};

const WEB = container({ name: 'web', ports: [port(8080, 80)] });
const DB = container({ name: 'db' });

/** A room with one sandbox whose machine is up and empty. */
async function open(store: FakeStore = createFakeStore()) {
  const clock = new FakeClock();
  const changes = new Emitter<SandboxEvent>();
  const seen = new Emitter<WorldEvent>();
  const typed = new Emitter<{ sandbox: string; command: Command }>();
  const sandbox = {
    id: 'abcdefgh',
    userId: 'ann',
    lesson: KEY,
    state: 'ready',
    machines: new Map([['node1', {}]]),
  };
  const closed = new Set<string>();
  let now: World | null = world({});
  const tasks = openTasks({
    sandboxes: {
      get: (id) => (id === sandbox.id && !closed.has(id) ? (sandbox as unknown as Sandbox) : null),
      all: () => [sandbox as unknown as Sandbox],
      on: (listener) => changes.on(listener),
    },
    worlds: { get: (_, machine) => (machine === 'node1' ? now : null), on: (listener) => seen.on(listener) },
    onCommand: (listener) => typed.on(listener),
    lessons: {
      definition: (key) => (key.lesson === KEY.lesson ? DEFINITION : null),
      onChange: () => () => {},
    },
    progress: store.progress,
    commands: store.commands,
    clock,
    log: silentLog,
  });
  const told: TaskState[] = [];
  tasks.on((event) => told.push(event.task));
  await tasks.states(sandbox.id);
  await clock.advance(5_000);
  told.length = 0;
  return {
    tasks,
    clock,
    store,
    told,
    sandbox,
    /** The machine now holds these; an event says so. */
    has(...containers: ReturnType<typeof container>[]) {
      const next = world({ containers });
      const diff = { containers: [], images: [], volumes: [], networks: [] };
      now = next;
      seen.emit({ sandbox: sandbox.id, machine: 'node1', world: next, diff });
    },
    /** The machine sleeps, or has not been looked at yet. */
    goesDark: () => void (now = null),
    types(line: string, exitCode = 0) {
      const command = {
        machine: 'node1',
        terminal: '1',
        line,
        exitCode,
        startedAt: '2030-01-01T00:00:00Z',
        durationMs: 1,
      };
      typed.emit({ sandbox: sandbox.id, command });
    },
    close() {
      closed.add(sandbox.id);
      changes.emit({ type: 'changed', sandbox: { ...sandbox, state: 'closed' } as unknown as Sandbox });
    },
    state: async (id: string) => (await tasks.states(sandbox.id)).find((one) => one.id === id)!,
  };
}

test('a task ticks at once when its container runs', async () => {
  const { has, clock, told } = await open();
  has(WEB);
  await clock.advance(20);
  expect(told).toMatchObject([
    { id: 'web', step: 'run', passed: true, near: false, facts: [{ ok: true }, { ok: true }, { ok: true }] },
  ]);
});

test('a burst of events is one look', async () => {
  const { has, clock, told } = await open();
  for (let burst = 0; burst < 50; burst++) has(burst % 2 ? WEB : DB);
  await clock.advance(20);
  expect(told.map(({ id }) => id)).toEqual(['web']);
});

test('a passed task stays passed, a held one does not', async () => {
  const { has, clock, state } = await open();
  has(WEB, DB);
  await clock.advance(20);
  has();
  await clock.advance(20);
  expect((await state('web')).passed).toBe(true);
  expect((await state('held')).passed).toBe(false);
});

test('a held task is not lost while the machine cannot be seen', async () => {
  const { has, types, goesDark, clock, state } = await open();
  has(DB);
  await clock.advance(20);
  goesDark();
  types('ls');
  await clock.advance(1_000);
  expect((await state('held')).passed).toBe(true);
});

test('a near miss is told when things have settled, not on the way', async () => {
  const { has, clock, told, state } = await open();
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
  const { has, clock, told } = await open();
  for (let spent = 0; spent <= 3_200; spent += 200) {
    has({ ...WEB, ports: [] });
    await clock.advance(200);
  }
  expect(told).toMatchObject([{ id: 'web', near: true }]);
});

test('a miss that was undone is taken back', async () => {
  const { has, clock, state } = await open();
  has({ ...WEB, ports: [] });
  await clock.advance(1_000);
  has();
  await clock.advance(1_000);
  expect(await state('web')).toMatchObject({ near: false, facts: [] });
});

test('typed commands count, also those of before the server started', async () => {
  const { types, clock, state } = await open();
  types('docker ps -a');
  await clock.advance(20);
  expect((await state('typed')).passed).toBe(true);

  const store = createFakeStore();
  const command = { machine: 'node1', terminal: '1', exitCode: 0, startedAt: new Date(), durationMs: 1 };
  await store.commands.add({ ...command, sandbox: 'abcdefgh', line: 'docker ps -aq' });
  expect((await (await open(store)).state('typed')).passed).toBe(true);
});

test('hints come one by one, and the last one again', async () => {
  const { tasks, sandbox, store } = await open();
  const given = async () => (await tasks.hint(sandbox.id, 'web')).hintsGiven.map(({ en }) => en);
  expect(await given()).toEqual(['first']);
  expect(await given()).toEqual(['first', 'second']);
  expect(await given()).toEqual(['first', 'second']);
  await tasks[Symbol.asyncDispose]();
  expect([...store.rows.tasks.values()]).toMatchObject([{ task: 'web', hintsGiven: 2, passedAt: null }]);
});

test('a solution is shown and remembered', async () => {
  const { tasks, sandbox, told } = await open();
  expect(await tasks.solve(sandbox.id, 'web')).toEqual({
    task: 'web',
    lines: [{ machine: 'node1', text: 'solve web' }],
  });
  expect(told).toMatchObject([{ id: 'web', solved: true, passed: false }]);
});

test('an answer is judged by the learner’s own machine', async () => {
  const { tasks, sandbox, has, clock } = await open();
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
  const { tasks, sandbox, has, clock, state } = await open();
  has(WEB, DB);
  await clock.advance(20);
  expect((await tasks.solve(sandbox.id, 'asked')).lines).toEqual([]);
  await clock.advance(5_000);
  expect((await state('asked')).facts[0]?.words?.en).toBe('the answer is: 2');
});

test('progress survives the sandbox and belongs to the learner', async () => {
  const first = await open();
  first.has(WEB);
  await first.clock.advance(20);
  await first.tasks[Symbol.asyncDispose]();
  const again = await open(first.store);
  expect(await again.state('web')).toMatchObject({ passed: true, passedAt: '2030-01-01T00:00:05.015Z' });
  expect((await again.state('typed')).passed).toBe(false);
});

test('the lesson is finished when every task has passed', async () => {
  const { tasks, sandbox, has, types, clock, store } = await open();
  has(WEB, DB);
  types('docker ps -a');
  await clock.advance(20);
  expect(store.rows.lessons.size).toBe(0);
  await tasks.answer(sandbox.id, 'asked', '2');
  await tasks[Symbol.asyncDispose]();
  expect([...store.rows.lessons.values()]).toMatchObject([{ lesson: KEY, finishedAt: expect.any(Date) }]);
});

test('a guest who became an account keeps passing on the account’s name', async () => {
  const { has, clock, sandbox, tasks, store } = await open();
  sandbox.userId = 'account';
  has(WEB);
  await clock.advance(20);
  await tasks[Symbol.asyncDispose]();
  expect((await store.progress.tasks('account', KEY)).map(({ task }) => task)).toEqual(['web']);
});

test('a database that fails takes no tick away', async () => {
  const store = createFakeStore();
  store.progress.saveTask = () => Promise.reject(new Error('disk full'));
  const { has, clock, state } = await open(store);
  has(WEB);
  await clock.advance(20);
  expect((await state('web')).passed).toBe(true);
});

test('a closed sandbox is looked at no more, and what is not there is refused by name', async () => {
  const { tasks, sandbox, close, has, clock, told } = await open();
  await expect(tasks.hint(sandbox.id, 'nothing')).rejects.toMatchObject({ code: 'not_found' });
  await expect(tasks.states('zzzzzzzz')).rejects.toMatchObject({ code: 'not_found' });
  close();
  has(WEB);
  await clock.advance(1_000);
  expect(told).toEqual([]);
  await expect(tasks.answer(sandbox.id, 'asked', '1')).rejects.toMatchObject({ code: 'not_found' });
});
