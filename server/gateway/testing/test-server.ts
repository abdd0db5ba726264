/** A gateway on loopback over rooms in memory and a real database in a temporary file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClasses } from '#server/classroom/classes.ts';
import { openGradebooks } from '#server/classroom/gradebook.ts';
import { openMeetings } from '#server/classroom/meetings.ts';
import { openPeople } from '#server/classroom/people.ts';
import { openLiveClassroom } from '#server/classroom/live.ts';
import { FakeClock } from '#server/lib/clock.ts';
import { Emitter } from '#server/lib/emitter.ts';
import { createLog, silentLog } from '#server/lib/log.ts';
import type { Role } from '#server/protocol/account.ts';
import { openStore } from '#server/store/open.ts';
import { createAuth } from '../auth.ts';
import { openFeeds } from '../feeds.ts';
import { openGateway } from '../gateway.ts';
import { createMeasures } from '../measures.ts';
import type { MissingImage } from '../missing-images.ts';
import type { GatewayParts } from '../parts.ts';
import { openPreviews, type PreviewsOptions } from '../previews/previews.ts';
import { FakeWorlds, loopback } from '../previews/testing/rooms.ts';
import { RateLimit } from '../rate-limit.ts';
import { Browser } from './browser.ts';
import { CATALOG } from './catalog.ts';
import { FakeBuilds } from './fake-builds.ts';
import { FakeFiles } from './fake-files.ts';
import { FakeHistories } from './fake-histories.ts';
import { fakeLessons } from './fake-lessons.ts';
import { FakeSandboxes, FakeTasks, FakeTerminals } from './fake-rooms.ts';
import { FakeTerminalLists } from './fake-terminal-lists.ts';

/** What pages of this server bear as Origin; the port that it really listens on is another. */
export const ORIGIN = 'http://drydock.test';

const LIMITS = {
  sandboxesPerUser: 5,
  terminalsPerMachine: 8,
  warmMachines: 2,
  sleepAfterMs: 900_000,
  keepForMs: 604_800_000,
  machine: { memoryBytes: 1, pids: 2, cpus: 3, diskBytes: 4 },
};

export type TestServer = Awaited<ReturnType<typeof openTestServer>>;

const YEAR_MS = 365 * 24 * 3_600_000;

/** Other than the app's own origin, as with a real name. */
export const PREVIEW_HOST = 'preview.test';

/** @param change parts that the test brings itself */
export async function openTestServer(
  change: Partial<GatewayParts> = {},
  previewing: Partial<PreviewsOptions> = {},
) {
  const directory = await mkdtemp(join(tmpdir(), 'drydock-gateway-'));
  const store = await openStore({ path: join(directory, 'drydock.db'), log: silentLog });
  const sandboxes = new FakeSandboxes();
  const tasks = new FakeTasks();
  const terminals = new FakeTerminals();
  const terminalLists = new FakeTerminalLists();
  const files = new FakeFiles();
  const histories = new FakeHistories(sandboxes);
  const builds = new FakeBuilds();
  const clock = new FakeClock();
  /** What the server logged as errors: a test that provokes none finds none. */
  const errors: string[] = [];
  const log = createLog({ level: 'error', write: (line) => void errors.push(line) });
  const classes = await openClasses({
    table: store.classes,
    users: store.users,
    lessons: fakeLessons,
    clock,
  });
  const gradebooks = openGradebooks({ ...store, table: store.classes, classes, lessons: fakeLessons, clock });
  const meetings = await openMeetings({
    table: store.classes,
    classes,
    sandboxes,
    lessons: fakeLessons,
    clock,
  });
  // Rows of sessions bear the time of day, the clock stands in 2030: every guest would have been away for years.
  const keeping = { table: store.people, guestsKeptMs: 100 * YEAR_MS, log };
  const people = openPeople({ ...keeping, sandboxes, tasks, classes, clock });
  const origins = change.origins ?? [ORIGIN];
  const core = {
    store,
    sandboxes,
    tasks,
    terminals,
    terminalLists,
    files,
    classes,
    gradebooks,
    meetings,
    people,
  };
  const live = openLiveClassroom({
    ...core,
    histories,
    lessons: fakeLessons,
    clock,
    log,
    figures: () => ({
      awake: 3,
      capacity: 9,
      waiting: 4,
    }),
  });
  const rooms = { ...core, builds, histories, lessons: fakeLessons, live };
  const missing = new Emitter<MissingImage>();
  const worlds = new FakeWorlds();
  const previews = openPreviews({
    sandboxes,
    worlds,
    engine: loopback,
    secret: 'p'.repeat(64),
    previewHost: PREVIEW_HOST,
    origins,
    clock,
    log,
    ...previewing,
  });
  const feeds = openFeeds({ ...rooms, missing, previews, log });
  const parts: GatewayParts = {
    ...rooms,
    worlds,
    probes: { look: async () => null },
    catalog: CATALOG,
    origins,
    feeds,
    previews,
    auth: createAuth({ origins, secret: 'a'.repeat(64), store, sandboxes, tasks, classes, log }),
    limit: new RateLimit(clock),
    measures: createMeasures({
      sandboxes,
      config: LIMITS,
      counts: {
        warmMachines: () => 2,
        machinesAwake: () => 3,
        capacity: () => 9,
        waiting: () => 4,
        terminals: () => 5,
        feedViewers: () => feeds.viewers,
        sockets: () => gateway.sockets,
        previewLines: () => 6,
        previewLinesPerSandbox: () => 100,
        traces: () => ({ received: 7, refused: 8, dropped: 9 }),
      },
    }),
    pages: { port: async () => null },
    health: async () => ({ ok: true, engine: 'up', version: '0.1.0' }),
    development: false,
    clock,
    log,
    ...change,
  };
  const gateway = await openGateway(parts, { host: '127.0.0.1', port: 0 });
  const base = `127.0.0.1:${gateway.port}`;
  return {
    ...rooms,
    missing,
    worlds,
    previews,
    clock,
    errors,
    parts,
    base,
    /** A browser that nobody has signed in with. */
    browser: () => new Browser(base, origins[0]!),
    async guest(): Promise<Browser> {
      const browser = new Browser(base, origins[0]!);
      await browser.post('/api/auth/sign-in/anonymous');
      return browser;
    },
    async account(name: string, role: Exclude<Role, 'guest'> = 'learner'): Promise<Browser> {
      const browser = new Browser(base, origins[0]!);
      const me = await browser.signUp(name);
      await store.users.setRole(me.user!.id, role);
      return browser;
    },
    async [Symbol.asyncDispose]() {
      const closed = gateway[Symbol.asyncDispose]();
      // The clock stands still: those who have not said goodbye by now are cut off.
      await clock.advance(1000);
      await closed;
      feeds[Symbol.dispose]();
      await people[Symbol.asyncDispose]();
      await live[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    },
  };
}
