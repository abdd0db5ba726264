/** The rooms behind the gateway, in memory: what a test says is so, and what it makes happen. */
import { Emitter } from '#server/lib/emitter.ts';
import type { Command } from '#server/protocol/feed.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { SandboxState, SandboxView } from '#server/protocol/sandbox.ts';
import type { TaskState } from '#server/protocol/tasks.ts';
import {
  SandboxError,
  type Sandbox,
  type SandboxEvent,
  type Sandboxes,
  type SandboxPlan,
} from '#server/sandbox/contract.ts';
import type { Tasks } from '#server/tasks/contract.ts';
import type { Tail, TerminalKey, Terminals, Viewer, ViewerOptions } from '#server/terminal/contract.ts';

export class FakeSandbox implements Sandbox {
  readonly id: string;
  readonly lesson: LessonKey | null;
  readonly machines = new Map();
  userId: string;
  state: SandboxState = 'ready';
  present = 0;

  get seed(): string {
    return this.id;
  }

  get isPresent(): boolean {
    return this.present > 0;
  }

  constructor(id: string, userId: string, lesson: LessonKey | null) {
    this.id = id;
    this.userId = userId;
    this.lesson = lesson;
  }

  view(): SandboxView {
    const machine = {
      name: 'node1',
      memoryBytes: 1,
      memoryLimitBytes: 2,
      diskBytes: 3,
      diskLimitBytes: 4,
    };
    return {
      id: this.id,
      lesson: this.lesson,
      state: this.state,
      queue: null,
      preparing: null,
      machines: [machine],
      step: null,
      createdAt: '2030-01-01T00:00:00Z',
      keptUntil: '2030-01-08T00:00:00Z',
    };
  }

  enter(): Disposable {
    this.present++;
    return { [Symbol.dispose]: () => void this.present-- };
  }

  async ready(): Promise<void> {}
}

export class FakeSandboxes implements Sandboxes {
  readonly made = new Map<string, FakeSandbox>();
  readonly closed = new Map<string, string>();
  readonly events = new Emitter<SandboxEvent>();
  /** Thrown by the next `open`. */
  openFails: Error | null = null;

  readonly ahead = { order() {}, readyWith: () => 0, places: () => ({ capacity: 40, used: 0 }) };

  async open(userId: string, plan: SandboxPlan): Promise<FakeSandbox> {
    if (this.openFails) throw this.openFails;
    const live = this.of(userId).find(({ lesson }) => lesson?.lesson === plan.lesson?.lesson);
    if (live) return live;
    const letter = (value: number) => String.fromCodePoint(97 + (Math.floor(value) % 26));
    const count = this.made.size;
    const id = `aaaaa${letter(count / 156)}${letter(count)}${2 + (Math.floor(count / 26) % 6)}`;
    const sandbox = new FakeSandbox(id, userId, plan.lesson);
    this.made.set(id, sandbox);
    return sandbox;
  }

  get(id: string): FakeSandbox | null {
    return this.made.get(id) ?? null;
  }

  async wasClosed(id: string, userId: string): Promise<boolean> {
    return this.closed.get(id) === userId;
  }

  of(userId: string): FakeSandbox[] {
    return this.all().filter((sandbox) => sandbox.userId === userId);
  }

  all(): FakeSandbox[] {
    return [...this.made.values()];
  }

  async extend(): Promise<void> {}

  /** `aaaaaab2` or `aaaaaab2/node2`, in order; `changeFails` is thrown by the next. */
  readonly machineChanges: string[] = [];
  changeFails: Error | null = null;
  async addMachine(id: string): Promise<void> {
    if (this.changeFails) throw this.changeFails;
    this.machineChanges.push(id);
  }

  async removeMachine(id: string, machine: string): Promise<void> {
    if (this.changeFails) throw this.changeFails;
    this.machineChanges.push(`${id}/${machine}`);
  }

  async close(id: string): Promise<void> {
    const sandbox = this.made.get(id);
    if (!sandbox) throw new SandboxError('not_found', 'There is no such sandbox.');
    this.made.delete(id);
    this.closed.set(id, sandbox.userId);
    sandbox.state = 'closed';
    this.events.emit({ type: 'changed', sandbox });
  }

  adopt(guestId: string, userId: string): void {
    for (const sandbox of this.of(guestId)) sandbox.userId = userId;
  }

  on(listener: (event: SandboxEvent) => void) {
    return this.events.on(listener);
  }
}

export const taskState = (change: Partial<TaskState> = {}): TaskState => ({
  id: 'hello-ran',
  step: 'run',
  passed: false,
  passedAt: null,
  near: false,
  facts: [],
  hintsGiven: [],
  hintsTotal: 1,
  solved: false,
  points: 10,
  ...change,
});

export class FakeTasks implements Tasks {
  readonly events = new Emitter<{ sandbox: string; task: TaskState }>();
  /** `states` waits for it. */
  gate: Promise<void> = Promise.resolve();

  async states(): Promise<TaskState[]> {
    await this.gate;
    return [taskState()];
  }

  on(listener: (event: { sandbox: string; task: TaskState }) => void) {
    return this.events.on(listener);
  }

  async hint(): Promise<TaskState> {
    return taskState({ hintsGiven: [{ en: 'Type it.', zh: '输入它。' }] });
  }

  async solve(_sandbox: string, task: string) {
    return { task, lines: [{ machine: 'node1', text: 'docker run hello-world' }] };
  }

  readonly caughtUp: string[] = [];

  async recorded(): Promise<TaskState[]> {
    return [taskState({ passed: true, passedAt: '2030-01-01T00:00:00.000Z' })];
  }

  async catchUp(userId: string): Promise<void> {
    this.caughtUp.push(userId);
  }

  async settled(): Promise<void> {}

  async answer(_sandbox: string, _task: string, value: string): Promise<TaskState> {
    return taskState({ passed: value === '42' });
  }
}

/** Every terminal says hello and echoes. */
export class FakeTerminals implements Terminals {
  readonly commands = new Emitter<{ sandbox: string; command: Command }>();
  readonly viewers: ViewerOptions[] = [];

  async attach(...[, options, events]: Parameters<Terminals['attach']>): Promise<Viewer> {
    this.viewers.push(options);
    events.ready({ offset: 0, truncated: false, replayTo: 0 });
    events.output(Buffer.from('hello'));
    return {
      write(bytes) {
        if (!options.readOnly) events.output(bytes);
        return !options.readOnly;
      },
      inputRoom: async () => {},
      resize() {},
      ack() {},
      close() {},
    };
  }

  async prepare(): Promise<void> {}

  async end(): Promise<void> {}

  names(): string[] {
    return ['1'];
  }

  tail(_key: TerminalKey): Tail | null {
    return null;
  }

  onCommand(listener: (event: { sandbox: string; command: Command }) => void) {
    return this.commands.on(listener);
  }
}
