/** `npm run bench [-- --json]`: the performance table, measured on an instance of its own that is removed afterwards. */
import { join } from 'node:path';
import { openLocalEngine } from '#server/engine/local/engine.ts';
import { TEST_PACKAGES } from '#server/host/package-list.ts';
import { terminalReport } from '#server/host/progress.ts';
import { setUp } from '#server/host/set-up.ts';
import { createLog } from '#server/lib/log.ts';
import { readConfig } from '../config.ts';
import type { Figure } from './bench/figure.ts';
import { benchMachines } from './bench/machines.ts';
import { benchProduct, TICK_LESSON } from './bench/product.ts';
import { startProduct } from './bench/running-product.ts';
import { benchTerminals } from './bench/terminal.ts';
import { benchWall, WALL_LEARNERS } from './bench/wall.ts';
import { ROOT, run } from './test/step.ts';

const options = { json: process.argv.includes('--json'), keep: process.argv.includes('--keep') };
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
const environment = {
  ...process.env,
  DRYDOCK_DATA: process.env.DRYDOCK_DATA ?? '/var/lib/drydock-bench',
  DRYDOCK_POOL_MB: process.env.DRYDOCK_POOL_MB ?? '8192',
  // Its own lesson beside all of the product's, which every start has to read.
  DRYDOCK_CONTENT: [join(import.meta.dirname, 'bench/content'), join(ROOT, 'content')].join(':'),
  DRYDOCK_LOG: 'error',
  DRYDOCK_PULL_THROUGH: '',
  PORT: process.env.PORT ?? '3998',
};
const config = readConfig(environment);
const report = terminalReport(process.stderr);
const figures: Figure[] = [];

try {
  const host = await setUp(config, report, { extraPackages: TEST_PACKAGES });
  if (wants('machines')) await measureMachines(host);
  if (wants('terminals')) for await (const figure of benchTerminals(host.engine)) tell(figure);
  if (wants('product')) await measureProduct();
  if (wants('wall')) await measureWall();
  process.exitCode = figures.every((figure) => figure.ok) ? 0 : 1;
} catch (error) {
  report.fail(error);
  process.exitCode = 1;
} finally {
  if (!options.keep) await run([process.execPath, 'server/commands/down.ts', '--purge'], environment);
}

function wants(part: 'machines' | 'terminals' | 'product' | 'wall'): boolean {
  return only === undefined || only === part;
}

async function measureMachines(host: Awaited<ReturnType<typeof setUp>>): Promise<void> {
  await using engine = await openLocalEngine(host.engine, createLog({ level: config.logLevel }));
  const context = { engine, limits: config.machine, dataDirectory: config.dataDirectory };
  for await (const figure of benchMachines(context)) tell(figure);
}

async function measureProduct(): Promise<void> {
  // The first start may build the pages; only the second is what a restart costs.
  const first = await startProduct(environment);
  await first.stop();
  const second = await startProduct(environment);
  try {
    tell(second.startFigure);
    for await (const figure of benchProduct(`http://localhost:${config.port}`)) tell(figure);
  } finally {
    await second.stop();
  }
}

/** More machines at once than a host of this size would let in: each of them only types. */
async function measureWall(): Promise<void> {
  const places = String(WALL_LEARNERS + 4);
  const product = await startProduct({ ...environment, DRYDOCK_CAPACITY: places });
  try {
    for await (const figure of benchWall(`http://localhost:${config.port}`, TICK_LESSON)) tell(figure);
  } finally {
    await product.stop();
  }
}

function tell(figure: Figure): void {
  figures.push(figure);
  if (options.json) return void process.stdout.write(`${JSON.stringify(figure)}\n`);
  const spread = figure.p50 === undefined ? '' : `p50 ${figure.p50}  p95 ${figure.p95}  p99 ${figure.p99}`;
  const mark = figure.goal === 'none' ? ' ' : figure.ok ? '✓' : '✗';
  process.stdout.write(
    `${mark} ${figure.name.padEnd(26)} ${String(figure.value).padStart(9)} ${figure.unit.padEnd(4)} ${figure.goal.padEnd(24)} ${spread}\n`,
  );
}
