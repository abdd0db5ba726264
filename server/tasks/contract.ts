/** What the gateway asks of tasks: their states now, changes as they come, hints, solutions, answers. */
import type { Unsubscribe } from '../lib/emitter.ts';
import type { LessonKey } from '../protocol/ids.ts';
import type { Solution, TaskState } from '../protocol/tasks.ts';

export interface Tasks {
  /** Every task of the sandbox's lesson in lesson order; empty for the playground. */
  states(sandbox: string): Promise<TaskState[]>;
  on(listener: (event: { sandbox: string; task: TaskState }) => void): Unsubscribe;
  /** Gives one more hint; at the end gives the same again. */
  hint(sandbox: string, task: string): Promise<TaskState>;
  solve(sandbox: string, task: string): Promise<Solution>;
  answer(sandbox: string, task: string, value: string): Promise<TaskState>;
  /** What is written down of a learner's tasks, for who reads a lesson without a machine. `seed` as for `Lessons`. */
  recorded(userId: string, lesson: LessonKey, seed: string | null): Promise<TaskState[]>;
  /** Progress came to this learner from elsewhere: their open pages hear of it. */
  catchUp(userId: string): Promise<void>;
  /** Resolves when what the tasks of closed sandboxes had to write down is written. */
  settled(): Promise<void>;
}
