/** The live side of classes over rooms in memory, and a class with as many learners as a test wants. */
import { HELLO, fakeLessons } from '#server/gateway/testing/fake-lessons.ts';
import { FakeSandboxes, FakeTasks, FakeTerminals } from '#server/gateway/testing/fake-rooms.ts';
import { FakeHistories } from '#server/gateway/testing/fake-histories.ts';
import { FakeClock } from '#server/lib/clock.ts';
import { createLog } from '#server/lib/log.ts';
import { wallMessageSchema, type Tile, type WallMessage } from '#server/protocol/wall.ts';
import type { Sandbox } from '#server/sandbox/contract.ts';
import { createFakeStore } from '#server/sandbox/testing/fake-store.ts';
import type { Tail, TerminalKey } from '#server/terminal/contract.ts';
import { openClasses } from '../classes.ts';
import { openLiveClassroom } from '../live.ts';

export { HELLO };
export const CLASS = 'classaaa';
const SIZE = { cols: 80, rows: 24 };

/** Terminals that print what a test says. */
class PrintingTerminals extends FakeTerminals {
  readonly printed = new Map<string, string>();
  /** How often an end was read. */
  reads = 0;

  print({ id }: Sandbox, text: string): void {
    this.printed.set(id, (this.printed.get(id) ?? '') + text);
  }

  override tail({ sandbox }: TerminalKey): Tail | null {
    const text = this.printed.get(sandbox);
    if (text === undefined) return null;
    const read = (bytes: number) => {
      this.reads++;
      return Buffer.from(text).subarray(-bytes);
    };
    return { ...SIZE, end: text.length, read };
  }
}

export async function openLiveRoom() {
  const clock = new FakeClock();
  const store = createFakeStore();
  const errors: string[] = [];
  const log = createLog({ level: 'warn', write: (line) => void errors.push(line) });
  const sandboxes = new FakeSandboxes();
  const [tasks, terminals] = [new FakeTasks(), new PrintingTerminals()];
  const histories = new FakeHistories(sandboxes);
  store.rows.classroom.classes.set(CLASS, {
    id: CLASS,
    name: 'Autumn',
    locale: 'en',
    latePercent: 50,
    paused: false,
    ownerId: 'ines',
    code: null,
    createdAt: clock.now(),
    lessons: [{ lesson: HELLO, dueAt: null, weight: 1 }],
  });
  const row = () => store.rows.classroom.classes.get(CLASS)!;
  const join = (name: string, userId: string | null = `user-${name}`) => {
    const id = `p${name.replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!).padStart(7, 'z')}`;
    const joinedAt = userId === null ? null : clock.now();
    store.rows.classroom.enrolments.set(id, {
      id,
      classId: CLASS,
      userId,
      name,
      email: null,
      number: null,
      joinedAt,
      handAt: null,
    });
    return id;
  };
  /** After those have joined that are there from the beginning. */
  const start = async () => {
    const classes = await openClasses({
      table: store.classes,
      users: store.users,
      lessons: fakeLessons,
      clock,
    });
    const live = openLiveClassroom({
      classes,
      sandboxes,
      tasks,
      terminals,
      histories,
      lessons: fakeLessons,
      store,
      clock,
      log,
      figures: () => ({
        awake: 1,
        capacity: 2,
        waiting: 0,
      }),
    });
    return { classes, live };
  };
  const openSandbox = async (userId: string, lesson: typeof HELLO | null = HELLO) => {
    const sandbox = await sandboxes.open(userId, { lesson, machines: [] });
    const ref = { node: 'local', sandbox: sandbox.id, machine: 'node1', generation: 1 };
    sandbox.machines.set('node1', ref);
    sandboxes.events.emit({ type: 'changed', sandbox });
    sandbox.present = 1;
    sandboxes.events.emit({ type: 'presence', sandbox });
    return sandbox;
  };
  const typed = (sandbox: Sandbox, line: string, exitCode = 0) => {
    const startedAt = clock.now().toISOString();
    const command = { machine: 'node1', terminal: '1', line, exitCode, startedAt, durationMs: 0 };
    terminals.commands.emit({ sandbox: sandbox.id, command });
  };
  return {
    clock,
    store,
    errors,
    sandboxes,
    tasks,
    terminals,
    histories,
    row,
    join,
    start,
    openSandbox,
    typed,
  };
}

/** One who looks at a wall, and what they were told. */
export class Looker {
  readonly userId = 'ines';
  readonly messages: WallMessage[] = [];
  closed = false;
  bytes = 0;
  /** False: what is told is only counted. */
  parses = true;

  send = (text: string): void => {
    this.bytes += text.length;
    if (this.parses) this.messages.push(wallMessageSchema.parse(JSON.parse(text)));
  };

  close = (): void => {
    this.closed = true;
  };

  get types(): string[] {
    return this.messages.map(({ type }) => type);
  }

  tile(name: string): Tile | undefined {
    const told = this.messages.flatMap((message) => ('tiles' in message ? message.tiles : []));
    return told.findLast((tile) => tile.name === name);
  }
}
