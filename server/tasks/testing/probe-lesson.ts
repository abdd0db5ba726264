/** Lessons whose tasks somebody must go and look for, and what they then find. */
import type { LessonDefinition, TaskDefinition } from '#server/lessons/contract.ts';
import type { Expectation } from '#server/lessons/expectation.ts';
import { createFakeStore } from '#server/sandbox/testing/fake-store.ts';
import type { FindingOf, Probe } from '#server/world/probes/contract.ts';
import { KEY, openRoom, text } from './task-room.ts';

export const task = (
  id: string,
  expect: Expectation[],
  more: Partial<TaskDefinition> = {},
): TaskDefinition => ({
  id,
  step: 'first',
  title: text(id),
  expect,
  hints: [],
  hold: false,
  solution: [],
  ...more,
});
export const PAGE: Expectation = { http: { port: 8080, contains: 'hello' } };
export const NOTE: Expectation = { file: { path: '/note', contains: 'hello' } };

export const lesson = (...tasks: TaskDefinition[]): LessonDefinition => ({
  key: KEY,
  scored: false,
  plan: { lesson: KEY, machines: [{ name: 'node1', images: [], files: [] }] },
  tasks,
  proof: new Map(),
  wrong: [],
});
export const open = async (...tasks: TaskDefinition[]) => openRoom(createFakeStore(), lesson(...tasks));

export const note = (text: string): FindingOf<Probe> => ({ type: 'file', text });
export const page = (text: string): FindingOf<Probe> => ({ type: 'answer', status: 200, headers: {}, text });
