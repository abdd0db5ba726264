/** Tasks of all live sandboxes: each gets its own looker, fed by what its machines and terminals do. */
import type { Lessons } from '#server/lessons/contract.ts';
import { SandboxError, type Sandbox, type Sandboxes } from '#server/sandbox/contract.ts';
import type { CommandTable, ProgressTable } from '#server/store/contract.ts';
import type { Traces } from '#server/trace/contract.ts';
import type { Worlds } from '#server/world/contract.ts';
import type { Probes } from '#server/world/probes/contract.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter, type Unsubscribe } from '../lib/emitter.ts';
import type { Log } from '../lib/log.ts';
import type { Command } from '../protocol/feed.ts';
import type { TaskState } from '../protocol/tasks.ts';
import type { Tasks } from './contract.ts';
import { TaskMemory } from './task-memory.ts';
import { SandboxTasks } from './sandbox-tasks.ts';

export type TasksOptions = {
  sandboxes: Pick<Sandboxes, 'get' | 'all' | 'on'>;
  worlds: Worlds;
  traces: Pick<Traces, 'calls' | 'on'>;
  probes: Probes;
  /** The terminals' command events; a plain subscription, so that this room knows no terminals. */
  onCommand(listener: (event: { sandbox: string; command: Command }) => void): Unsubscribe;
  lessons: Pick<Lessons, 'definition' | 'onChange'>;
  progress: ProgressTable;
  /** Read once for each sandbox: commands typed before the server started count too. */
  commands: Pick<CommandTable, 'of'>;
  clock: Clock;
  log: Log;
};

export function openTasks(options: TasksOptions): Tasks & AsyncDisposable {
  const { sandboxes, worlds, traces, probes, lessons, progress, commands, clock } = options;
  const log = options.log.for('tasks');
  const events = new Emitter<{ sandbox: string; task: TaskState }>();
  const open = new Map<string, SandboxTasks>();
  const closing = new Set<Promise<void>>();

  /** Null for the playground, and for a lesson that is no longer there. */
  const tasksOf = (sandbox: Sandbox): SandboxTasks | null => {
    const definition = sandbox.lesson && lessons.definition(sandbox.lesson, sandbox.seed);
    if (!definition) return null;
    const known = open.get(sandbox.id);
    if (known) return known;
    const changed = (task: TaskState) => events.emit({ sandbox: sandbox.id, task });
    const parts = { worlds, traces, probes, progress, commands, clock, log };
    const made = new SandboxTasks({ ...parts, sandbox, definition, changed });
    open.set(sandbox.id, made);
    return made;
  };

  const drop = (id: string) => {
    const tasks = open.get(id);
    if (!tasks) return;
    open.delete(id);
    const ended = tasks[Symbol.asyncDispose]().finally(() => closing.delete(ended));
    closing.add(ended);
  };

  const live = (id: string): Sandbox => {
    const sandbox = sandboxes.get(id);
    if (!sandbox) throw new SandboxError('not_found', 'There is no such sandbox.');
    return sandbox;
  };
  const withTasks = (id: string): SandboxTasks => {
    const tasks = tasksOf(live(id));
    if (!tasks) throw new SandboxError('not_found', 'This sandbox has no tasks.');
    return tasks;
  };

  const unsubscribe = [
    sandboxes.on((event) => {
      if (event.type === 'machine-up') tasksOf(event.sandbox);
      else if (event.type === 'changed' && event.sandbox.state === 'closed') drop(event.sandbox.id);
    }),
    worlds.on(({ sandbox }) => open.get(sandbox)?.trigger()),
    traces.on(({ sandbox }) => open.get(sandbox)?.trigger()),
    options.onCommand(({ sandbox, command }) => {
      const { machine, line, exitCode } = command;
      open.get(sandbox)?.noteCommand({ machine, line, exitCode });
    }),
    lessons.onChange(() => {
      for (const id of Array.from(open.keys())) {
        drop(id);
        const sandbox = sandboxes.get(id);
        if (sandbox) tasksOf(sandbox);
      }
    }),
  ];
  for (const sandbox of sandboxes.all()) if (sandbox.machines.size > 0) tasksOf(sandbox);

  return {
    states: async (sandbox) => (await tasksOf(live(sandbox))?.states()) ?? [],
    on: (listener) => events.on(listener),
    hint: async (sandbox, task) => withTasks(sandbox).hint(task),
    solve: async (sandbox, task) => withTasks(sandbox).solve(task),
    answer: async (sandbox, task, value) => withTasks(sandbox).answer(task, value),
    async recorded(userId, lesson, seed) {
      const definition = lessons.definition(lesson, seed);
      if (!definition) return [];
      const records = await progress.tasks(userId, lesson);
      return definition.tasks.map((each) => {
        const task = new TaskMemory(each, definition.scored);
        const record = records.find((known) => known.task === each.id);
        if (record) task.restore(record);
        return task.state;
      });
    },
    async catchUp(userId) {
      const theirs = sandboxes.all().filter((sandbox) => sandbox.userId === userId);
      await Promise.all(theirs.map(({ id }) => open.get(id)?.catchUp()));
    },
    settled: async () => void (await Promise.all(closing)),
    async [Symbol.asyncDispose]() {
      for (const stop of unsubscribe) stop();
      for (const id of open.keys()) drop(id);
      await Promise.all(closing);
    },
  };
}
