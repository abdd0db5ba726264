/** “Start here”: the steps before are gone through once, elsewhere, and their state is there for whoever comes next. */
import { expect, test } from 'vitest';
import { lesson, openHistory } from './testing/open-history.ts';

const beginsWith = (place: Awaited<ReturnType<typeof openHistory>>, sandbox: string) =>
  place.engine.machinesMade.get(`${sandbox}/node1`)?.spec.snapshot;

test('the proofs of the steps before are typed in a sandbox of nobody’s, and the learner’s begins with what they leave', async () => {
  const place = await openHistory();
  const sandbox = await place.begins();
  expect((await place.histories.of(sandbox.id)).startable).toEqual(['two', 'three']);
  const stages: string[] = [];
  place.sandboxes.on((event) => {
    const { preparing } = sandbox.view();
    if (event.type === 'changed' && event.sandbox.id === sandbox.id && preparing)
      stages.push(`${preparing.stage} ${preparing.done}/${preparing.total}`);
  });
  await place.histories.rewind(sandbox.id, { to: 'step', step: 'three' });
  await place.settle();
  // Answers change nothing in a machine.
  expect(place.typed).toEqual(['first', 'second', 'third']);
  expect(stages.filter((stage) => stage.startsWith('replaying'))).toEqual([
    'replaying 0/0',
    'replaying 0/3',
    'replaying 1/3',
    'replaying 2/3',
  ]);
  expect(stages.at(-1)).toBe('rewinding 1/1');
  expect(sandbox.state).toBe('ready');
  expect(place.goldens.size).toBe(2);
  expect([...place.goldens]).toContain(beginsWith(place, sandbox.id)?.sandbox);
  expect(place.sandboxes.all()).toEqual([sandbox]);
  expect(place.store.rows.attempts).toMatchObject([{ kind: 'here', step: 'three' }]);
  // What they leave is not what the learner has reached.
  place.passes(sandbox.id, 'one-a', 'one-b', 'two-a', 'two-b');
  await place.settle();
  expect((await place.rows(sandbox.id)).map(({ kind }) => kind)).toEqual(['start']);
  expect(place.errors).toEqual([]);
});

test('the next learner finds it made, and two who want it at once wait for the same work', async () => {
  const place = await openHistory();
  const [ada, bob, eve] = [await place.begins('ada'), await place.begins('bob'), await place.begins('eve')];
  await Promise.all([ada, bob].map(({ id }) => place.histories.rewind(id, { to: 'step', step: 'two' })));
  await place.settle();
  await place.histories.rewind(eve.id, { to: 'step', step: 'two' });
  await place.settle();
  expect(place.typed).toEqual(['first', 'second']);
  const begun = [ada, bob, eve].map(({ id }) => beginsWith(place, id)?.sandbox);
  expect(new Set(begun).size).toBe(1);
  expect([ada.state, bob.state, eve.state]).toEqual(['ready', 'ready', 'ready']);
});

test('a lesson that was rewritten is gone through anew, and what was kept of the old one is gone', async () => {
  const place = await openHistory();
  const ada = await place.begins('ada');
  await place.histories.rewind(ada.id, { to: 'step', step: 'two' });
  await place.settle();
  const own = lesson({ proof: new Map([['one', [{ type: 'type', machine: 'node1', text: 'other' }]]]) });
  place.rewrites(own);
  await place.settle();
  // The content is another one: what was built from the old is of no use.
  expect(place.goldens.size).toBe(0);
  expect([...place.engine.snapshotsMade.keys()].filter((key) => key.includes('golden'))).toEqual([]);
  await place.histories.rewind(ada.id, { to: 'step', step: 'two' });
  await place.settle();
  expect(place.typed.at(-1)).toBe('other');
});

test('steps that cannot be gone through leave the sandbox as it was, and its learner is told', async () => {
  const place = await openHistory();
  const sandbox = await place.begins();
  place.breaksTerminals();
  await place.histories.rewind(sandbox.id, { to: 'step', step: 'two' });
  await place.settle();
  expect(place.told).toContainEqual({
    type: 'notice',
    sandbox: sandbox.id,
    notice: 'not_replayed',
    machine: null,
  });
  expect(place.errors.splice(0)).toHaveLength(1);
  expect([sandbox.state, beginsWith(place, sandbox.id)]).toEqual(['ready', undefined]);
  expect([place.goldens.size, place.store.rows.attempts.length]).toEqual([0, 0]);
  expect(place.sandboxes.all()).toEqual([sandbox]);
});

test('the first step, unknown ones and those of a course with points are refused', async () => {
  const place = await openHistory();
  const { id } = await place.begins();
  for (const step of ['one', 'nosuch'])
    await expect(place.histories.rewind(id, { to: 'step', step })).rejects.toMatchObject({
      code: 'not_found',
    });
  place.rewrites(lesson({ scored: true }));
  expect((await place.histories.of(id)).startable).toEqual([]);
  await expect(place.histories.rewind(id, { to: 'step', step: 'two' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('one at a time: who waits for a step already cannot ask for another', async () => {
  const place = await openHistory();
  const { id } = await place.begins();
  const release = place.engine.switches.hold('createMachine');
  await place.histories.rewind(id, { to: 'step', step: 'two' });
  await expect(place.histories.rewind(id, { to: 'step', step: 'three' })).rejects.toMatchObject({
    code: 'sandbox_not_ready',
  });
  release();
  await place.settle();
});
