import { expect, test } from 'vitest';
import type { LessonStep } from '#server/protocol/lesson.ts';
import { taskState } from '#app/_lib/testing/task-state.ts';
import { byMachine, currentTask, layOut, tasksLeft } from './blocks.ts';

const state = (id: string, passed: boolean) => taskState({ id, passed });
const step: LessonStep = {
  id: 's',
  title: 'S',
  blocks: [],
  tasks: ['a', 'b'].map((id) => ({ id, title: id, answer: null })),
};

test('tasks that follow each other share a card', () => {
  const quote = { type: 'quote' as const, children: [] };
  const laidOut = layOut([
    { type: 'task', id: 'a' },
    { type: 'task', id: 'b' },
    quote,
    { type: 'task', id: 'c' },
  ]);
  expect(laidOut).toEqual([{ type: 'tasks', ids: ['a', 'b'] }, quote, { type: 'tasks', ids: ['c'] }]);
});

test('lines that follow each other on one machine are run together', () => {
  const on = (machine: string, text: string) => ({ machine, text });
  expect(byMachine([on('node1', 'a'), on('node1', 'b'), on('node2', 'c'), on('node1', 'd')])).toEqual([
    { machine: 'node1', lines: ['a', 'b'] },
    { machine: 'node2', lines: ['c'] },
    { machine: 'node1', lines: ['d'] },
  ]);
});

test('a task that was not heard of yet counts as open', () => {
  expect(tasksLeft(step, {})).toBe(2);
  expect(tasksLeft(step, { a: state('a', true) })).toBe(1);
  expect(currentTask(step, { a: state('a', true) })).toBe('b');
  expect(currentTask(step, { a: state('a', true), b: state('b', true) })).toBeNull();
});
