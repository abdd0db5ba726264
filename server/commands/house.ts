/** Builds the rooms on a host that is set up: the same house for the server, the proofs, the bench and the tests. */
import { join } from 'node:path';
import { openBuilds } from '#server/builds/builds.ts';
import type { Builds } from '#server/builds/contract.ts';
import { openClasses } from '#server/classroom/classes.ts';
import type { Classes, Gradebooks, Meetings, People } from '#server/classroom/contract.ts';
import { openGradebooks } from '#server/classroom/gradebook.ts';
import { openMeetings } from '#server/classroom/meetings.ts';
import { openPeople } from '#server/classroom/people.ts';
import { type LiveClassroom, openLiveClassroom } from '#server/classroom/live.ts';
import type { Config } from '#server/config.ts';
import type { Engine } from '#server/engine/contract.ts';
import { openLocalEngine } from '#server/engine/local/engine.ts';
import { playgroundPlan } from '#server/gateway/playground.ts';
import { openSecrets, type Secrets } from '#server/gateway/secrets.ts';
import type { Files } from '#server/files/contract.ts';
import { openFiles } from '#server/files/files.ts';
import type { Histories } from '#server/history/contract.ts';
import { openHistories } from '#server/history/histories.ts';
import type { Host } from '#server/host/contract.ts';
import type { Lessons } from '#server/lessons/contract.ts';
import { openLessons } from '#server/lessons/open.ts';
import type { Clock } from '#server/lib/clock.ts';
import type { Log } from '#server/lib/log.ts';
import type { HostFigures } from '#server/protocol/wall.ts';
import type { SandboxFigures } from '#server/sandbox/figures.ts';
import { openSandboxes, type SandboxRoom } from '#server/sandbox/sandboxes.ts';
import { type OpenedStore, openStore } from '#server/store/open.ts';
import type { Tasks } from '#server/tasks/contract.ts';
import { openTasks } from '#server/tasks/tasks.ts';
import type { TerminalLists, Terminals } from '#server/terminal/contract.ts';
import { startShell } from '#server/terminal/start-shell.ts';
import { openTerminalLists } from '#server/terminal/lists.ts';
import { openTerminals } from '#server/terminal/terminals.ts';
import type { Span, Traces } from '#server/trace/contract.ts';
import { openTraces } from '#server/trace/traces.ts';
import type { Worlds } from '#server/world/contract.ts';
import type { Probes } from '#server/world/probes/contract.ts';
import { openProbes } from '#server/world/probes/open.ts';
import { openWorlds } from '#server/world/worlds.ts';

export type HouseOptions = {
  config: Omit<Config, 'port' | 'host' | 'origins' | 'logLevel'>;
  host: Pick<Host, 'engine' | 'traceAddress'>;
  clock: Clock;
  log: Log;
  /** Lessons that an author saves count at once. */
  watch?: boolean;
  /** Name of the database file in the data directory. */
  database?: string;
};

export interface House extends AsyncDisposable {
  engine: Engine;
  store: OpenedStore;
  lessons: Lessons;
  sandboxes: SandboxRoom;
  terminals: Terminals;
  terminalLists: TerminalLists;
  files: Files;
  worlds: Worlds;
  probes: Probes;
  traces: Traces;
  builds: Builds;
  tasks: Tasks;
  histories: Histories;
  classes: Classes;
  gradebooks: Gradebooks;
  meetings: Meetings;
  people: People;
  live: LiveClassroom;
  secrets: Secrets;
}

/** Disposing closes the rooms; machines live on. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { config, host, clock, log, database, watch = false } = options;
  await using opened = new AsyncDisposableStack();
  const path = join(config.dataDirectory, database ?? 'drydock.db');
  const [secrets, store, lessons, engine] = await Promise.all([
    openSecrets(config.dataDirectory),
    openStore({ path, log: log.for('store') }).then((store) => opened.use(store)),
    openLessons({
      directories: config.contentDirectories,
      watch,
      keptIn: join(config.dataDirectory, 'lessons.kept'),
      clock,
      log: log.for('lessons'),
    }).then((lessons) => opened.use(lessons)),
    openLocalEngine(host.engine, log.for('engine')).then((engine) => opened.use(engine)),
  ]);
  const secret = secrets.terminalNonce;
  const goldens = new Set((await store.history.goldens()).map(({ id }) => id));
  const sandboxes = opened.use(
    await openSandboxes({
      engine,
      store,
      limits: config,
      clock,
      log: log.for('sandbox'),
      planFor: (lesson, seed) =>
        lesson ? (lessons.definition(lesson, seed)?.plan ?? null) : playgroundPlan(1),
      isKept: (id) => goldens.has(id),
      expectedImages: expectedImages(lessons),
      // A shell takes longer to start than a machine to be handed over: it waits in each, with its prompt.
      onMachineReady: (_sandbox, ref) => startShell({ engine, secret }, ref, '1'),
    }),
  );
  const terminals = opened.use(
    openTerminals({ engine, sandboxes, secret, limits: config, clock, log: log.for('terminal') }),
  );
  const terminalLists = opened.use(
    openTerminalLists({
      sandboxes,
      terminals,
      table: store.sandboxes,
      limits: config,
      log,
      usual: (sandbox) =>
        (sandbox.lesson && lessons.page(sandbox.lesson, 'en')?.terminals) ??
        sandbox.view().machines.map(({ name }) => ({ machine: name, name: '1' })),
    }),
  );
  const files = opened.use(openFiles({ engine, sandboxes, clock, log: log.for('files') }));
  // Before the tasks listen: what a command did is on disk when they are asked about it.
  opened.defer(keepCommands(terminals, store, log));
  const worlds = opened.use(openWorlds({ engine, sandboxes, clock, log: log.for('world') }));
  const traces = opened.use(
    await openTraces({
      engine,
      sandboxes,
      onCommand: (listener) => terminals.onCommand(listener),
      listen: host.traceAddress,
      clock,
    }),
  );
  const probes = openProbes({ engine, sandboxes, log: log.for('world') });
  const builds = opened.use(
    openBuilds({
      engine,
      sandboxes,
      onSolved: (listener) => traces.on((event) => event.spans.some(isSolve) && listener(event)),
      clock,
      log: log.for('builds'),
    }),
  );
  const tasks = opened.use(
    openTasks({
      sandboxes,
      worlds,
      traces,
      probes,
      onCommand: (listener) => terminals.onCommand(listener),
      lessons,
      progress: store.progress,
      commands: store.commands,
      clock,
      log: log.for('tasks'),
    }),
  );
  const histories = opened.use(
    await openHistories({
      sandboxes,
      terminals,
      tasks,
      worlds,
      probes,
      lessons,
      table: store.history,
      golden: { source: `${host.engine.machineImage} ${host.engine.catalogDigest}`, ids: goldens },
      clock,
      log: log.for('history'),
    }),
  );
  const classes = await openClasses({ table: store.classes, users: store.users, lessons, clock });
  const gradebooks = openGradebooks({ ...store, table: store.classes, classes, lessons, clock });
  const meetings = opened.use(
    await openMeetings({ classes, table: store.classes, sandboxes, lessons, clock }),
  );
  const people = opened.use(
    openPeople({ ...config, table: store.people, sandboxes, tasks, classes, clock, log: log.for('people') }),
  );
  const live = opened.use(
    openLiveClassroom({
      classes,
      sandboxes,
      tasks,
      terminals,
      histories,
      lessons,
      store,
      figures: () => hostFigures(sandboxes.figures()),
      clock,
      log: log.for('classroom'),
    }),
  );
  const rooms = opened.move();
  return {
    engine,
    store,
    lessons,
    sandboxes,
    terminals,
    terminalLists,
    files,
    worlds,
    probes,
    traces,
    builds,
    tasks,
    histories,
    classes,
    gradebooks,
    meetings,
    people,
    live,
    secrets,
    [Symbol.asyncDispose]: () => rooms.disposeAsync(),
  };
}

/** BuildKit's word for a build, told by dockerd as it ends. */
function isSolve({ service, kind, name }: Span): boolean {
  return service === 'dockerd' && kind === 'server' && name === 'moby.buildkit.v1.Control/Solve';
}

function keepCommands(terminals: Terminals, store: OpenedStore, log: Log): () => void {
  return terminals.onCommand(({ sandbox, command }) => {
    store.commands
      .add({ ...command, sandbox, startedAt: new Date(command.startedAt) })
      .catch((error: unknown) => log.error('a command could not be kept', { sandbox, error }));
  });
}

function hostFigures({ awake, waiting, limits }: SandboxFigures): HostFigures {
  return { awake, waiting, capacity: limits.capacity };
}

/** What learners are likely to open: the first lesson, the playground, then the rest in order. Of several none is made ahead. */
function expectedImages(lessons: Lessons): string[][] {
  const lone = lessons
    .all()
    .filter(({ plan }) => plan.machines.length === 1 && plan.machines[0]!.kind !== 'bare');
  const sets = lone.map(({ plan }) => plan.machines[0]!.images);
  const [first, ...rest] = sets;
  const wanted = [...(first ? [first] : []), [], ...rest];
  const seen = new Set<string>();
  return wanted.filter((images) => {
    const key = images.toSorted().join(',');
    return !seen.has(key) && seen.add(key);
  });
}
