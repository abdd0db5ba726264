/** A lesson that is read without a machine, and one that begins anew. */
import { expect, test } from 'vitest';
import { taskState } from '#app/_lib/testing/task-state.ts';
import { begin, standstill, step } from './state.ts';

const task = (id: string, passed: boolean) => taskState({ id, passed });

test('who reads has their ticks and no machine, until they ask for one', () => {
  const state = begin({ reading: true, tasks: [task('a', true), task('b', false)] });
  expect(state.tasks.a?.passed).toBe(true);
  expect(standstill(state)).toEqual({ kind: 'reading', finished: false });
  const asked = step(state, { type: 'asking' });
  expect(standstill(asked)).toBeNull();
  expect(asked.tasks.a?.passed).toBe(true);
});

test('what is finished is known as such; a lesson without tasks is not', () => {
  expect(standstill(begin({ reading: true, tasks: [task('a', true)] }))).toMatchObject({ finished: true });
  expect(standstill(begin({ reading: true, tasks: [] }))).toMatchObject({ finished: false });
});

test('a lesson that begins anew has no ticks and is not read but opened', () => {
  const state = step(begin({ reading: true, tasks: [task('a', true)] }), { type: 'restarting' });
  expect(state).toMatchObject({ opening: 'asking', tasks: {}, sandbox: null });
});
