/** What the gateway asks of tasks: their states now, changes as they come, hints, solutions, answers. */
import type { Unsubscribe } from '../lib/emitter.ts';
import type { Solution, TaskState } from '../protocol/tasks.ts';

export interface Tasks {
  /** Every task of the sandbox's lesson in lesson order; empty for the playground. */
  states(sandbox: string): Promise<TaskState[]>;
  on(listener: (event: { sandbox: string; task: TaskState }) => void): Unsubscribe;
  /** Gives one more hint; at the end gives the same again. */
  hint(sandbox: string, task: string): Promise<TaskState>;
  solve(sandbox: string, task: string): Promise<Solution>;
  answer(sandbox: string, task: string, value: string): Promise<TaskState>;
}
