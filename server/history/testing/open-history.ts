/** A history room over a sandbox room in memory: worlds and tasks are told by hand, terminals end each command at once. */
import { Emitter } from '#server/lib/emitter.ts';
import type { LessonDefinition, Lessons } from '#server/lessons/contract.ts';
import { createLog } from '#server/lib/log.ts';
import type { Command } from '#server/protocol/feed.ts';
import type { TaskState } from '#server/protocol/tasks.ts';
import { taskState } from '#server/gateway/testing/fake-rooms.ts';
import { FakeWorlds } from '#server/gateway/previews/testing/rooms.ts';
import { openRoom, planOf } from '#server/sandbox/testing/open-room.ts';
import type { Terminals, Viewer } from '#server/terminal/contract.ts';
import type { FindingOf, Probe } from '#server/world/probes/contract.ts';
import type { HistoryEvent } from '../contract.ts';
import { openHistories } from '../histories.ts';

export const STEPS = ['one', 'two', 'three'];

/** Two tasks in each step but the last, which has none. */
export function lesson(change: Partial<LessonDefinition> = {}): LessonDefinition {
  const { machines } = planOf('hello');
  const key = { course: 'course', lesson: 'hello' };
  const typed = (text: string) => ({ type: 'type' as const, machine: 'node1', text });
  return {
    key,
    scored: false,
    plan: { lesson: key, machines: machines.map(({ name, images, files }) => ({ name, images, files })) },
    tasks: [],
    proof: new Map([
      [
        'one',
        [typed('first'), { type: 'give' as const, machine: 'node1', task: 'a', value: '1' }, typed('second')],
      ],
      ['two', [typed('third')]],
    ]),
    wrong: [],
    ...change,
  };
}

type Options = Parameters<typeof openRoom>[0] & { definition?: LessonDefinition; goldens?: Set<string> };

export async function openHistory({ definition = lesson(), goldens = new Set(), ...options }: Options = {}) {
  const room = await openRoom({ isKept: (id) => goldens.has(id), ...options });
  const { clock, sandboxes, store, settle: settleSandboxes } = room;
  const worlds = new FakeWorlds();
  const changes = new Emitter<void>();
  const told = new Emitter<{ sandbox: string; task: TaskState }>();
  const passed = new Set<string>();
  const states = () =>
    ['one', 'two'].flatMap((step) =>
      ['a', 'b'].map((name) =>
        taskState({ id: `${step}-${name}`, step, passed: passed.has(`${step}-${name}`) }),
      ),
    );
  const ended = new Emitter<{ sandbox: string; command: Command }>();
  const typed: string[] = [];
  const errors: string[] = [];
  let now = definition;
  let answers = true;
  let found: Partial<FindingOf<Probe>> | null = null;
  const terminals: Pick<Terminals, 'attach' | 'onCommand'> = {
    async attach(key): Promise<Viewer> {
      if (!answers) throw new Error('no shell');
      return {
        write(bytes) {
          const line = bytes.toString().trim();
          typed.push(line);
          const command = { machine: key.machine, terminal: key.terminal, line, exitCode: 0 };
          const at = { startedAt: '2030-01-01T00:00:00Z', durationMs: 1 };
          queueMicrotask(() => ended.emit({ sandbox: key.sandbox, command: { ...command, ...at } }));
          return true;
        },
        inputRoom: () => null,
        resize() {},
        ack() {},
        close() {},
      };
    },
    onCommand: (listener) => ended.on(listener),
  };
  const lessons: Pick<Lessons, 'page' | 'definition' | 'onChange'> = {
    page: (key) =>
      key.lesson === 'hello' ? ({ steps: STEPS.map((id) => ({ id })) } as ReturnType<Lessons['page']>) : null,
    definition: (key) => (key.lesson === 'hello' ? now : null),
    onChange: (listener) => changes.on(listener),
  };
  const histories = await openHistories({
    sandboxes,
    terminals,
    tasks: { states: async () => states(), on: (listener) => told.on(listener) },
    worlds,
    probes: { look: async <Asked extends Probe>() => found as FindingOf<Asked> | null },
    lessons,
    table: store.history,
    golden: { source: 'source', ids: goldens },
    clock,
    log: createLog({ level: 'error', write: (line) => void errors.push(line) }),
  });
  const events: HistoryEvent[] = [];
  histories.on((event) => events.push(event));
  const settle = async () => {
    for (let round = 0; round < 5; round++) {
      await settleSandboxes();
      await clock.advance(5_000);
      await histories.settled();
    }
  };
  return {
    ...room,
    histories,
    worlds,
    goldens,
    typed,
    errors,
    told: events,
    settle,
    rows: (sandbox: string) => store.history.snapshots(sandbox),
    /** A learner's sandbox whose start has been kept. */
    async begins(user = 'ada', plan = planOf('hello')) {
      const sandbox = await sandboxes.open(user, plan);
      await sandbox.ready();
      await settle();
      return sandbox;
    },
    passes(sandbox: string, ...tasks: string[]) {
      for (const task of tasks) passed.add(task);
      for (const task of states()) if (tasks.includes(task.id)) told.emit({ sandbox, task });
    },
    opensAgain(sandbox: string, id: string) {
      passed.delete(id);
      told.emit({ sandbox, task: states().find((task) => task.id === id)! });
    },
    /** What is looked for from now on. */
    finds: (finding: Partial<FindingOf<Probe>>) => void (found = finding),
    breaksTerminals: () => void (answers = false),
    rewrites(next: LessonDefinition) {
      now = next;
      changes.emit();
    },
  };
}
