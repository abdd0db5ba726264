/** A task room with one sandbox whose machine is up and empty, and hands to let things happen in it. */
import type { LessonDefinition, TaskDefinition } from '#server/lessons/contract.ts';
import type { Expectation } from '#server/lessons/expectation.ts';
import type { Sandbox, SandboxEvent } from '#server/sandbox/contract.ts';
import { createFakeStore, type FakeStore } from '#server/sandbox/testing/fake-store.ts';
import type { ApiCall } from '#server/trace/contract.ts';
import type { FindingOf, Probe } from '#server/world/probes/contract.ts';
import type { World, WorldEvent } from '#server/world/contract.ts';
import { FakeClock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import { silentLog } from '../../lib/log.ts';
import type { Command } from '../../protocol/feed.ts';
import type { TaskState } from '../../protocol/tasks.ts';
import { openTasks } from '../tasks.ts';
import { container, port, world } from './worlds.ts';

export const KEY = { course: 'basics', lesson: 'first' };
export const text = (en: string) => ({ en, zh: en });
const task = (id: string, expect: Expectation, more: Partial<TaskDefinition> = {}): TaskDefinition => ({
  id,
  step: 'run',
  title: text(id),
  expect: [expect],
  hints: [text('first'), text('second')],
  hold: false,
  solution: [{ machine: 'node1', text: `solve ${id}` }],
  ...more,
});

export const DEFINITION: LessonDefinition = {
  key: KEY,
  scored: false,
  plan: { lesson: KEY, machines: [{ name: 'node1', images: [], files: [] }] },
  tasks: [
    task('web', { container: { name: 'web', running: true, ports: ['8080:80'] } }),
    task('held', { container: { name: 'db', running: true } }, { hold: true }),
    task('typed', { command: { line: 'docker ps -a' } }),
    task('asked', { answer: { number: { containers: {} } } }, { solution: [] }),
  ],
  proof: new Map(),
  wrong: [],
};

export const WEB = container({ name: 'web', ports: [port(8080, 80)] });
export const DB = container({ name: 'db' });

type Find = (probe: Probe) => FindingOf<Probe> | null | Promise<FindingOf<Probe> | null>;

/** @param find what is found by who looks from the beginning on */
export async function openRoom(
  store: FakeStore = createFakeStore(),
  definition = DEFINITION,
  find: Find = () => null,
) {
  const clock = new FakeClock();
  const changes = new Emitter<SandboxEvent>();
  const seen = new Emitter<WorldEvent>();
  const typed = new Emitter<{ sandbox: string; command: Command }>();
  const sandbox = {
    id: 'abcdefgh',
    userId: 'ann',
    lesson: KEY,
    state: 'ready',
    machines: new Map([['node1', {}]]),
    isPresent: true,
  };
  const traced = new Emitter<{ sandbox: string; machine: string; spans: [] }>();
  const called: ApiCall[] = [];
  const asked: Probe[] = [];
  const closed = new Set<string>();
  let now: World | null = world({});
  const tasks = openTasks({
    sandboxes: {
      get: (id) => (id === sandbox.id && !closed.has(id) ? (sandbox as unknown as Sandbox) : null),
      all: () => [sandbox as unknown as Sandbox],
      on: (listener) => changes.on(listener),
    },
    worlds: { get: (_, machine) => (machine === 'node1' ? now : null), on: (listener) => seen.on(listener) },
    traces: {
      calls: (_, machine) => (machine === 'node1' ? called : []),
      on: (listener) => traced.on(listener),
    },
    probes: {
      look: async <Asked extends Probe>(_: string, probe: Asked) => {
        asked.push(probe);
        return (await find(probe)) as FindingOf<Asked> | null;
      },
    },
    onCommand: (listener) => typed.on(listener),
    lessons: {
      definition: (key) => (key.lesson === KEY.lesson ? definition : null),
      onChange: () => () => {},
    },
    progress: store.progress,
    commands: store.commands,
    clock,
    log: silentLog,
  });
  const told: TaskState[] = [];
  tasks.on((event) => told.push(event.task));
  await tasks.states(sandbox.id);
  await clock.advance(5_000);
  told.length = 0;
  return {
    tasks,
    clock,
    store,
    told,
    sandbox,
    /** The machine now holds these; an event says so. */
    has(...containers: ReturnType<typeof container>[]) {
      const next = world({ containers });
      const diff = { containers: [], images: [], volumes: [], networks: [] };
      now = next;
      seen.emit({ sandbox: sandbox.id, machine: 'node1', world: next, diff });
    },
    /** The engine tells of these, after all that it told before. */
    calls(...calls: ApiCall[]) {
      called.push(...calls);
      traced.emit({ sandbox: sandbox.id, machine: 'node1', spans: [] });
    },
    /** What was looked for, in order. */
    asked,
    /** Who looks from now on finds this. */
    finds: (answer: Find) => void (find = answer),
    /** The machine sleeps, or has not been looked at yet. */
    goesDark: () => void (now = null),
    types(line: string, exitCode = 0) {
      const command = {
        machine: 'node1',
        terminal: '1',
        line,
        exitCode,
        startedAt: '2030-01-01T00:00:00Z',
        durationMs: 1,
      };
      typed.emit({ sandbox: sandbox.id, command });
    },
    close() {
      closed.add(sandbox.id);
      changes.emit({ type: 'changed', sandbox: { ...sandbox, state: 'closed' } as unknown as Sandbox });
    },
    state: async (id: string) => (await tasks.states(sandbox.id)).find((one) => one.id === id)!,
  };
}
