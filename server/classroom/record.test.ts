import { expect, test } from 'vitest';
import { taskState } from '#server/gateway/testing/fake-rooms.ts';
import type { Fact, TaskState } from '#server/protocol/tasks.ts';
import { CLASS, openLiveRoom } from './testing/live-room.ts';

const words = (en: string) => ({ en, zh: en });
const fact = (text: string): Fact => ({
  field: 'ports',
  ok: false,
  expected: '8080→80',
  actual: text,
  label: words('port'),
  words: words(text),
});
const hints = [{ en: 'Type it.', zh: '输入它。' }];

async function openRecorded() {
  const room = await openLiveRoom();
  room.join('ada');
  const { classes, live } = await room.start();
  const sandbox = await room.openSandbox('user-ada');
  // Its tasks are known from here on.
  await room.clock.advance(1);
  const tells = (change: Partial<TaskState>) =>
    room.tasks.events.emit({ sandbox: sandbox.id, task: taskState(change) });
  const kept = async () => {
    await live.record.written();
    return room.store.rows.events.map(({ kind, data }) => [kind, data]);
  };
  return { ...room, classes, live, sandbox, tells, kept };
}

test('what a learner reaches is written down once, and that they have finished', async () => {
  const { tells, kept, clock } = await openRecorded();
  tells({ hintsGiven: hints });
  tells({ hintsGiven: hints });
  tells({ hintsGiven: hints, solved: true });
  const passed = { passed: true, passedAt: clock.now().toISOString(), hintsGiven: hints, solved: true };
  tells(passed);
  tells(passed);
  expect(await kept()).toEqual([
    ['opened', {}],
    ['hint', { task: 'hello-ran' }],
    ['solution', { task: 'hello-ran' }],
    ['passed', { task: 'hello-ran' }],
    ['finished', {}],
  ]);
});

test('a near miss is written down once for the same words, and not for an answer that was shown', async () => {
  const { tells, kept } = await openRecorded();
  for (const text of ['80→8080', '80→8080', '80→80', '80→8080'])
    tells({ near: true, facts: [{ ...fact('yes'), ok: true }, fact(text)] });
  tells({ near: true, solved: true, facts: [fact('the answer is: 7')] });
  expect((await kept()).filter(([kind]) => kind === 'near')).toEqual([
    ['near', { task: 'hello-ran', words: words('80→8080') }],
    ['near', { task: 'hello-ran', words: words('80→80') }],
  ]);
});

test('what was passed long ago, elsewhere, is no news', async () => {
  const { tells, kept, clock } = await openRecorded();
  await clock.advance(60_000);
  tells({ passed: true, passedAt: '2029-12-31T00:00:00.000Z' });
  expect(await kept()).toEqual([['opened', {}]]);
});

test('machines, returns and hands are written down, and going to sleep is not', async () => {
  const { sandbox, sandboxes, histories, classes, kept } = await openRecorded();
  for (const notice of ['memory_full', 'going_to_sleep'] as const)
    sandboxes.events.emit({ type: 'notice', sandbox, notice, machine: 'node1' });
  histories.events.emit({ type: 'rewound', sandbox: sandbox.id, step: 'run' });
  const ada = { id: 'user-ada', name: 'ada', role: 'learner' as const };
  await classes.raiseHand(ada, CLASS, true);
  await classes.raiseHand(ada, CLASS, false);
  expect(await kept()).toEqual([
    ['opened', {}],
    ['machine', { notice: 'memory_full' }],
    ['rewind', { step: 'run' }],
    ['hand_up', { class: CLASS }],
    ['hand_down', { class: CLASS }],
  ]);
});

test('of who is in no class, and of other lessons, nothing is written down', async () => {
  const { openSandbox, sandboxes, classes, tasks, kept, clock } = await openRecorded();
  const strangers = await openSandbox('user-eve');
  const other = await openSandbox('user-ada', { course: 'basics', lesson: 'other' });
  for (const sandbox of [strangers, other])
    sandboxes.events.emit({ type: 'notice', sandbox, notice: 'disk_full', machine: 'node1' });
  await classes.leave({ id: 'user-ada', name: 'ada', role: 'learner' }, CLASS);
  const passedAt = clock.now().toISOString();
  for (const sandbox of sandboxes.all())
    tasks.events.emit({ sandbox: sandbox.id, task: taskState({ passed: true, passedAt }) });
  expect(await kept()).toEqual([['opened', {}]]);
});

test('a table that fails costs what it did not take, and nothing else', async () => {
  const { store, tells, kept, errors } = await openRecorded();
  await kept();
  const { add } = store.events;
  store.events.add = () => Promise.reject(new Error('disk full'));
  tells({ hintsGiven: hints });
  await kept();
  store.events.add = add;
  tells({ hintsGiven: hints, solved: true });
  expect((await kept()).map(([kind]) => kind)).toEqual(['opened', 'solution']);
  expect(errors).toHaveLength(1);
});
