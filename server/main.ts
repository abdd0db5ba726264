/** The server: sets up what is missing, builds the house, opens the door, and shuts down in order. */
import { readFile } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { openHouse, type House } from './commands/house.ts';
import { takeServingLock } from './commands/serving-lock.ts';
import { type Config, readConfig } from './config.ts';
import { buildApp, isBuilt } from './gateway/app-build.ts';
import { appCommand } from './gateway/app-command.ts';
import { startApp } from './gateway/app-process.ts';
import { createAuth } from './gateway/auth.ts';
import type { Catalog } from './gateway/held-images.ts';
import { openFeeds } from './gateway/feeds.ts';
import { openGateway } from './gateway/gateway.ts';
import { watchHealth } from './gateway/health.ts';
import { createMeasures } from './gateway/measures.ts';
import { watchMissingImages } from './gateway/missing-images.ts';
import { openPreviews } from './gateway/previews/previews.ts';
import { RateLimit } from './gateway/rate-limit.ts';
import { take, type Report } from './host/contract.ts';
import { withLock } from './host/lock.ts';
import { terminalReport } from './host/progress.ts';
import { setUp } from './host/set-up.ts';
import { systemClock } from './lib/clock.ts';
import { createLog, type Log } from './lib/log.ts';

const ROOT = join(import.meta.dirname, '..');
/** Tells the launcher that starting again would fail again. */
const NOT_STARTED = 3;
/** What has not closed by then is cut off: machines live on, and the database is safe at any moment. */
const SHUTDOWN_MS = 5000;
const DAY_MS = 24 * 3_600_000;

const pagesStep = {
  title: 'Pages',
  check: async () => (await isBuilt(ROOT)) || null,
  apply: async (progress: (detail: string) => void) => {
    // Two instances may start from one checkout at the same time: the second finds the pages built.
    await withLock(`${ROOT} pages`, async () => {
      if (!(await isBuilt(ROOT))) await buildApp(ROOT, progress);
    });
    return true;
  },
};

const report = terminalReport(process.stderr);
await using open = new AsyncDisposableStack();
try {
  const config = readConfig(process.env);
  const log = createLog({ level: config.logLevel });
  survive(log);
  await start(config, report, log);
  report.finish(`Drydock serves on ${config.origins[0]}`);
  // Node writes it at a proper end only, and it is the server that was killed whose restart has to be quick.
  flushCompileCache();
} catch (error) {
  report.fail(error);
  // Named errors have said all that helps; of any other, where it comes from is what is needed.
  if (error instanceof Error && !('code' in error)) process.stderr.write(`${error.stack}\n`);
  process.exit(NOT_STARTED);
}
await asked();
setTimeout(() => process.exit(0), SHUTDOWN_MS).unref();
await open.disposeAsync();
process.exit(0);

async function start(config: Config, report: Report, log: Log): Promise<void> {
  const development = process.env.NODE_ENV === 'development';
  warnOfOrigins(config, report);
  open.use(await takeServingLock(config.dataDirectory));
  const host = await setUp(config, report);
  open.use(host.keepDaemons(log.for('host')));
  open.use(await host.openPullThrough(systemClock, log.for('mirror')));
  if (!development) await take(pagesStep, report);
  const inDays = (ms: number) => Math.max(1, Math.round(ms / DAY_MS));
  const kept = { keepDays: inDays(config.keepForMs), guestDays: inDays(config.guestsKeptMs) };
  const place = { root: ROOT, apiPort: config.port, ...kept, development };
  const command = (port: number) => appCommand(place, port);
  const pages = open.use(startApp({ command, clock: systemClock, log: log.for('app') }));
  const house = open.use(await openHouse({ config, host, clock: systemClock, log, watch: development }));
  const { catalog } = host;
  await openDoor({ config, house, catalog, log: log.for('gateway'), pages, development });
}

type Door = {
  config: Config;
  house: House;
  catalog: Catalog;
  log: Log;
  pages: ReturnType<typeof startApp>;
  development: boolean;
};

async function openDoor({ config, house, catalog, log, pages, development }: Door): Promise<void> {
  const { origins, previewHost } = config;
  const clock = systemClock;
  const missing = open.use(watchMissingImages({ ...house, catalog, clock }));
  const secret = house.secrets.preview;
  const previews = open.use(openPreviews({ ...house, secret, previewHost, origins, clock, log }));
  const feeds = open.use(openFeeds({ ...house, missing, previews, log }));
  const figures = () => house.sandboxes.figures();
  const measures = createMeasures({
    sandboxes: house.sandboxes,
    config,
    counts: {
      warmMachines: () => figures().warm,
      machinesAwake: () => figures().awake,
      capacity: () => figures().limits.capacity,
      waiting: () => figures().waiting,
      terminals: () => countTerminals(house),
      feedViewers: () => feeds.viewers,
      sockets: () => gateway.sockets,
      previewLines: () => previews.lines,
      previewLinesPerSandbox: () => previews.linesPerSandbox,
      traces: () => house.traces.counts(),
    },
  });
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const auth = createAuth({ ...house, origins, secret: house.secrets.session, log });
  const limit = new RateLimit(clock);
  const health = watchHealth({ engine: () => house.engine.describe(), version, clock });
  const rest = { measures, pages, health, development, clock, log };
  const parts = { ...house, catalog, origins, auth, feeds, previews, limit, ...rest };
  const gateway = open.use(await openGateway(parts, config));
}

function warnOfOrigins({ host, origins, previewHost }: Config, report: Report): void {
  if (previewHost === null && process.env.DRYDOCK_PREVIEW_HOST !== 'off')
    report.warn(
      'Previews share the address of the pages, so what learners serve has no cookies, no storage and a root of its ' +
        'own only as far as its links are relative. Set DRYDOCK_PREVIEW_HOST to a name whose subdomains lead here, ' +
        'for example preview.example.org, or to off.',
    );
  const isLocal = (name: string) => /^(localhost|127\.[\d.]+|\[?::1\]?)$/.test(name);
  if (isLocal(host) || !origins.every((origin) => isLocal(new URL(origin).hostname))) return;
  report.warn(
    `HOST=${host} lets other computers in, but what their pages ask is refused: ` +
      'set DRYDOCK_ORIGIN to the address that they type, for example https://learn.example.org.',
  );
}

function countTerminals({ sandboxes, terminals }: House): number {
  return sandboxes
    .all()
    .flatMap(({ id, machines }) => [...machines.keys()].map((machine) => terminals.names(id, machine).length))
    .reduce((sum, count) => sum + count, 0);
}

/** A fault in one listener must not take the shells of everybody else away. */
function survive(log: Log): void {
  // Nobody reads what we say any more, a closed pipe: go on in silence, or saying so would fail in turn.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (error) => log.error('an error that nobody caught', { error }));
  process.on('unhandledRejection', (error) => log.error('a promise that nobody awaited failed', { error }));
}

function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
