/** How a step's blocks are laid out: tasks that follow each other share one card; pure. */
import type { Block, LessonStep } from '#server/protocol/lesson.ts';
import type { SolutionLine, TaskState } from '#server/protocol/tasks.ts';

export type LaidOut = Exclude<Block, { type: 'task' }> | { type: 'tasks'; ids: string[] };

export function layOut(blocks: readonly Block[]): LaidOut[] {
  const out: LaidOut[] = [];
  for (const block of blocks) {
    const last = out.at(-1);
    if (block.type !== 'task') out.push(block);
    else if (last?.type === 'tasks') last.ids.push(block.id);
    else out.push({ type: 'tasks', ids: [block.id] });
  }
  return out;
}

/** Lines of a solution that follow each other on one machine are run together. */
export function byMachine(lines: readonly SolutionLine[]): { machine: string; lines: string[] }[] {
  const out: { machine: string; lines: string[] }[] = [];
  for (const { machine, text } of lines) {
    const last = out.at(-1);
    if (last?.machine === machine) last.lines.push(text);
    else out.push({ machine, lines: [text] });
  }
  return out;
}

export type TaskStates = Readonly<Record<string, TaskState>>;

export function tasksLeft(step: LessonStep, states: TaskStates): number {
  return step.tasks.filter((task) => !states[task.id]?.passed).length;
}

/** The task to do now: the first of the step that is not passed. */
export function currentTask(step: LessonStep, states: TaskStates): string | null {
  return step.tasks.find((task) => !states[task.id]?.passed)?.id ?? null;
}
