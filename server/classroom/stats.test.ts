import { expect, test } from 'vitest';
import { taskStatSchema } from '../protocol/wall.ts';
import type { LessonFacts, TaskFacts } from './facts.ts';
import { statsOf } from './stats.ts';

const LESSON = { course: 'basics', lesson: 'hello' };
const TASKS = [{ id: 'one' }, { id: 'two' }];
const at = (second: number) => new Date(Date.UTC(2030, 0, 1) + second * 1000);
const OPEN: TaskFacts = { passedAt: null, helped: false, near: false, miss: null };
const passed = (second: number): TaskFacts => ({ ...OPEN, passedAt: at(second) });
const missed = (en: string): TaskFacts => ({ ...OPEN, near: true, miss: { en, zh: en } });

/** What a learner did, with the tasks in order. */
function learner(tasks: (TaskFacts | null)[], begunAt: Date | null = at(0)) {
  const known = tasks.flatMap((task, index) => (task ? [[TASKS[index]!.id, task] as const] : []));
  const facts: LessonFacts = {
    step: null,
    openedAt: begunAt,
    begunAt,
    finishedAt: null,
    tasks: new Map(known),
  };
  return { lessons: new Map([['basics/hello', facts]]) };
}
const stats = (...learners: { lessons: Map<string, LessonFacts> }[]) =>
  statsOf(LESSON, TASKS, learners).map((stat) => taskStatSchema.parse(stat));

test('who has not begun counts nowhere', () => {
  expect(stats({ lessons: new Map() }, { lessons: new Map() })).toEqual([
    { lesson: LESSON, task: 'one', passed: 0, tried: 0, medianSeconds: null, miss: null },
    { lesson: LESSON, task: 'two', passed: 0, tried: 0, medianSeconds: null, miss: null },
  ]);
});

test('each is at the first task that is open, and those who went ahead count where they tried', () => {
  const [one, two] = stats(learner([null, null]), learner([passed(9), null]), learner([null, missed('x')]));
  expect(one).toMatchObject({ passed: 1, tried: 2 });
  expect(two).toMatchObject({ passed: 0, tried: 2 });
});

test('the time is from the tick before, or from the beginning, and the middle one counts', () => {
  const [one, two] = stats(
    learner([passed(10), passed(40)]),
    learner([passed(20), passed(120)]),
    learner([passed(90), null]),
  );
  expect([one!.medianSeconds, two!.medianSeconds]).toEqual([20, 65]);
});

test('a task done before another counts from where the learner was', () => {
  const [one, two] = stats(learner([passed(50), passed(20)]));
  expect([one!.medianSeconds, two!.medianSeconds]).toEqual([30, 20]);
});

test('where the beginning is not known the first tick has no time', () => {
  const [one, two] = stats(learner([passed(10), passed(40)], null));
  expect([one!.medianSeconds, two!.medianSeconds]).toEqual([null, 30]);
});

test('the most frequent near miss is of those who have not passed', () => {
  const taken = 'port is already allocated';
  const [one] = stats(
    learner([missed(taken)]),
    learner([missed('80→80')]),
    learner([missed(taken)]),
    learner([{ ...missed('80→80'), passedAt: at(5) }]),
    learner([{ ...missed('80→80'), passedAt: at(5) }]),
  );
  expect(one).toMatchObject({ passed: 2, tried: 3, miss: { words: { en: taken }, learners: 2 } });
});
