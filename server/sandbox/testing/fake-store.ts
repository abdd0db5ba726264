/** A store that lives in memory, for unit tests: the same promises as the real one, without a disk. */
import type {
  AttemptRow,
  CommandRecord,
  GoldenRow,
  LearnerEventRow,
  LessonRecord,
  SandboxRecord,
  SnapshotRow,
  Store,
  TaskRecord,
  UserRecord,
} from '../../store/contract.ts';
import type { LessonKey } from '../../protocol/ids.ts';
import { emptyClassRows, fakeClassTable, fakeLearnerEventTable, type ClassRows } from './fake-classes.ts';

export type FakeStore = Store & {
  /** The rows themselves, to look at and to lay down before a test. */
  rows: {
    sandboxes: Map<string, SandboxRecord>;
    tasks: Map<string, TaskRecord>;
    lessons: Map<string, LessonRecord>;
    commands: CommandRecord[];
    snapshots: Map<string, SnapshotRow>;
    attempts: AttemptRow[];
    goldens: Map<string, GoldenRow>;
    users: Map<string, UserRecord>;
    classroom: ClassRows;
    events: LearnerEventRow[];
  };
};

export function createFakeStore(): FakeStore {
  const rows: FakeStore['rows'] = {
    sandboxes: new Map(),
    tasks: new Map(),
    lessons: new Map(),
    commands: [],
    snapshots: new Map(),
    attempts: [],
    goldens: new Map(),
    users: new Map(),
    classroom: emptyClassRows(),
    events: [],
  };
  return {
    rows,
    sandboxes: {
      async create(record) {
        if (rows.sandboxes.has(record.id))
          throw new Error(`invariant: sandbox ${record.id} is there already`);
        rows.sandboxes.set(record.id, structuredClone(record));
      },
      async get(id) {
        return structuredClone(rows.sandboxes.get(id) ?? null);
      },
      async live() {
        return structuredClone([...rows.sandboxes.values()].filter(({ state }) => state !== 'closed'));
      },
      async update(id, change) {
        const record = rows.sandboxes.get(id);
        if (!record) throw new Error(`invariant: there is no sandbox ${id}`);
        rows.sandboxes.set(id, structuredClone({ ...record, ...change }));
      },
    },
    progress: {
      async tasks(userId, lesson) {
        return under(rows.tasks, prefix(userId, lesson));
      },
      async saveTask(userId, lesson, task) {
        const key = `${prefix(userId, lesson)}${task.task}`;
        const known = rows.tasks.get(key) ?? { passedAt: null, hintsGiven: 0, solved: false };
        rows.tasks.set(key, { ...known, ...task });
      },
      async lessons(userId) {
        return under(rows.lessons, `${userId}|`).map((record) => ({
          ...record,
          passed: under(rows.tasks, prefix(userId, record.lesson)).filter(({ passedAt }) => passedAt),
        }));
      },
      async report(userIds, lessons) {
        const of = <Row>(table: Map<string, Row>) =>
          userIds.flatMap((userId) =>
            lessons.flatMap((lesson) =>
              under(table, prefix(userId, lesson)).map((row) => ({ ...row, userId, lesson })),
            ),
          );
        return { tasks: of(rows.tasks), lessons: of(rows.lessons) };
      },
      async saveLesson(userId, lesson, change) {
        const before = rows.lessons.get(prefix(userId, lesson));
        const fresh = { lesson, step: null, lastOpenedAt: new Date(0), finishedAt: null, passed: [] };
        rows.lessons.set(prefix(userId, lesson), { ...fresh, ...before, ...change });
      },
      async resetLesson(userId, lesson) {
        const start = prefix(userId, lesson);
        for (const name of rows.tasks.keys()) if (name.startsWith(start)) rows.tasks.delete(name);
        const record = rows.lessons.get(start);
        if (record) rows.lessons.set(start, { ...record, step: null, finishedAt: null });
      },
    },
    commands: {
      async add(command) {
        rows.commands.push({ ...command });
      },
      async of(sandbox, limit) {
        return rows.commands.filter((command) => command.sandbox === sandbox).slice(-limit);
      },
      async typedBy(userId, { before, limit }) {
        const typed = rows.commands.filter(
          ({ sandbox, startedAt }) =>
            rows.sandboxes.get(sandbox)?.userId === userId && (!before || startedAt < before),
        );
        const lessonOf = (sandbox: string) => rows.sandboxes.get(sandbox)?.lesson ?? null;
        return typed
          .slice(-limit)
          .toReversed()
          .map((command) => ({ ...command, lesson: lessonOf(command.sandbox) }));
      },
      async since(sandboxes, since) {
        return rows.commands.filter((row) => sandboxes.includes(row.sandbox) && row.startedAt >= since);
      },
    },
    history: {
      async snapshots(sandbox) {
        const own = [...rows.snapshots.values()].filter((row) => row.sandbox === sandbox);
        return structuredClone(own.toSorted((a, b) => a.takenAt.getTime() - b.takenAt.getTime()));
      },
      async addSnapshot(row) {
        rows.snapshots.set(row.id, structuredClone(row));
      },
      async removeSnapshot(id) {
        rows.snapshots.delete(id);
      },
      async forgetClosed() {
        for (const [id, { sandbox }] of rows.snapshots)
          if ((rows.sandboxes.get(sandbox)?.state ?? 'closed') === 'closed') rows.snapshots.delete(id);
      },
      async addAttempt(attempt) {
        rows.attempts.push(structuredClone(attempt));
      },
      async attempts(userId, lesson) {
        const start = prefix(userId, lesson);
        return rows.attempts.filter((row) => prefix(row.userId, row.lesson) === start).length;
      },
      async goldens() {
        return structuredClone([...rows.goldens.values()]);
      },
      async saveGolden(golden) {
        rows.goldens.set(golden.key, structuredClone(golden));
      },
      async removeGolden(id) {
        for (const [key, row] of rows.goldens) if (row.id === id) rows.goldens.delete(key);
      },
    },
    classes: fakeClassTable(rows.classroom),
    events: fakeLearnerEventTable(rows.events),
    users: {
      async get(id) {
        return rows.users.get(id) ?? null;
      },
      async many(ids) {
        return new Map([...rows.users].filter(([id]) => ids.includes(id)));
      },
      async countAccounts() {
        return [...rows.users.values()].filter(({ email }) => email !== null).length;
      },
      async adopt(guestId, userId) {
        for (const record of rows.sandboxes.values()) if (record.userId === guestId) record.userId = userId;
        for (const table of [rows.tasks, rows.lessons] as Map<string, unknown>[]) {
          for (const [name, row] of [...table].filter(([name]) => name.startsWith(`${guestId}|`))) {
            table.delete(name);
            table.set(`${userId}|${name.slice(guestId.length + 1)}`, row);
          }
        }
      },
    },
    async [Symbol.asyncDispose]() {},
  };
}

function prefix(userId: string, lesson: LessonKey): string {
  return `${userId}|${lesson.course}/${lesson.lesson}|`;
}

function under<Row>(table: Map<string, Row>, start: string): Row[] {
  return [...table].filter(([name]) => name.startsWith(start)).map(([, row]) => structuredClone(row));
}
