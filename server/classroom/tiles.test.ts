import { expect, test } from 'vitest';
import { FakeSandbox } from '#server/gateway/testing/fake-rooms.ts';
import { CLASS_LIMITS } from '../protocol/numbers.ts';
import { tileSchema } from '../protocol/wall.ts';
import type { Facts, LessonFacts, TaskFacts } from './facts.ts';
import { Signals } from './signals.ts';
import { tileOf } from './tiles.ts';

const LESSON = { course: 'basics', lesson: 'hello' };
const NOW = new Date('2030-01-01T10:00:00Z');
const OPEN: TaskFacts = { passedAt: null, helped: false, near: false, miss: null };
const TASKS = [
  { id: 'one', step: 'first' },
  { id: 'two', step: 'first' },
  { id: 'three', step: 'second' },
];

function tile(
  tasks: Record<string, TaskFacts> = {},
  change: Partial<Facts> = {},
  step: string | null = null,
) {
  const lesson: LessonFacts = {
    step,
    openedAt: NOW,
    begunAt: NOW,
    finishedAt: null,
    tasks: new Map(Object.entries(tasks)),
  };
  const facts: Facts = {
    place: {
      id: 'aaaaaaaa',
      classId: 'bbbbbbbb',
      userId: 'ada',
      name: 'Ada',
      email: null,
      number: null,
      joinedAt: NOW,
      handAt: null,
    },
    sandbox: null,
    lesson: LESSON,
    lessons: new Map([['basics/hello', lesson]]),
    command: null,
    screen: [],
    signals: new Signals(),
    readTo: NOW,
    ...change,
  };
  const parts = { tasksOf: () => TASKS, isHere: () => true, isWatched: () => false };
  return tileSchema.parse(tileOf(facts, parts, NOW));
}
const passed: TaskFacts = { ...OPEN, passedAt: NOW };

test('tasks stand in the order of the lesson, each as it went', () => {
  const shown = tile({ three: { ...OPEN, near: true }, one: passed, two: { ...passed, helped: true } });
  expect(shown.tasks.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'one passed',
    'two helped',
    'three near',
  ]);
  expect(shown.finishedAt).toBeNull();
});

test('the step is the one on their screen, else that of the first open task', () => {
  expect(tile({}, {}, 'second').step).toBe('second');
  expect(tile({ one: passed, two: passed }).step).toBe('second');
});

test('who has passed all has finished, and is not stuck', () => {
  const signals = new Signals();
  signals.note({ kind: 'machine', notice: 'memory_full', at: NOW, lesson: LESSON });
  const shown = tile({ one: passed, two: passed, three: passed }, { signals });
  expect(shown).toMatchObject({ finishedAt: NOW.toISOString(), stuck: { score: 0 } });
  expect(tile({ one: passed }, { signals }).stuck.score).toBe(35);
});

test('a machine that is full is in trouble for as long as it is', async () => {
  const sandbox = new FakeSandbox('aaaaaaa2', 'ada', LESSON);
  expect(tile({}, { sandbox }).stuck.score).toBe(0);
  const view = sandbox.view();
  sandbox.view = () => ({
    ...view,
    machines: [{ ...view.machines[0]!, diskBytes: 99, diskLimitBytes: 100 }],
  });
  expect(tile({}, { sandbox }).stuck).toEqual({ score: 35, reasons: [{ kind: 'machine' }] });
  sandbox.state = 'asleep';
  expect(tile({}, { sandbox }).stuck.score).toBe(0);
});

test('who was announced and has not come is nowhere', () => {
  const place = {
    id: 'aaaaaaaa',
    classId: 'bbbbbbbb',
    userId: null,
    name: 'Zoe',
  };
  const rest = { email: null, number: null, joinedAt: null, handAt: null };
  expect(tile({}, { place: { ...place, ...rest }, lesson: null })).toMatchObject({
    presence: 'never',
    lesson: null,
    tasks: [],
    step: null,
  });
});

test('a command is one plain line, as long as a tile takes', () => {
  const line = `echo "a\nb\u001b[31m\u202e"${'x'.repeat(4000)}`;
  const { command } = tile({}, { command: { line, exitCode: 1, at: NOW } });
  expect(command?.line).toMatch(/^echo "a b\[31m"x+$/);
  expect(command?.line).toHaveLength(CLASS_LIMITS.lineCharacters);
});
