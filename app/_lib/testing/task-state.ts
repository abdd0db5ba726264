/** A task that nobody has touched yet, and what a test changes of it. */
import type { TaskState } from '#server/protocol/tasks.ts';

export const taskState = (change: Partial<TaskState> = {}): TaskState => ({
  id: 'a',
  step: 's',
  passed: false,
  passedAt: null,
  near: false,
  facts: [],
  hintsGiven: [],
  hintsTotal: 0,
  solved: false,
  points: null,
  ...change,
});
