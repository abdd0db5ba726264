/** Figures of machines by themselves: how fast one is made, what it costs idle and asleep, how fast it pulls. */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine, MachineLimits, MachineRef } from '#server/engine/contract.ts';
import { fromSamples, single, type Figure } from './figure.ts';

const MIB = 1024 * 1024;
const IDLE_MACHINES = 20;

type Context = { engine: Engine; limits: MachineLimits };

export async function* benchMachines({ engine, limits }: Context): AsyncGenerator<Figure> {
  await engine.prepareImages([]);
  await engine.prepareImages(['nginx']);
  const make = (index: number, images: string[]) => makeMachine(engine, limits, index, images);

  const coldMs: number[] = [];
  for (let index = 0; index < 20; index++) {
    const { ref, ms } = await make(index, []);
    coldMs.push(ms);
    await remove(engine, ref);
  }
  yield fromSamples({
    name: 'machine.cold_ms',
    unit: 'ms',
    samples: coldMs,
    goals: [{ at: 'p95', most: 1000 }],
  });

  const pullMs: number[] = [];
  for (let index = 0; index < 5; index++) {
    const { ref } = await make(index, []);
    const started = performance.now();
    const pull = await engine.run(ref, { command: ['docker', 'pull', '-q', 'nginx'], timeoutMs: 60_000 });
    if (pull.code !== 0) throw new Error(`docker pull nginx: ${pull.stderr}`);
    pullMs.push(performance.now() - started);
    await remove(engine, ref);
  }
  yield fromSamples({ name: 'pull.nginx_ms', unit: 'ms', samples: pullMs, goals: [] });

  const { ref } = await make(0, ['nginx']);
  // Quotas count at the next commit of the file system.
  await engine.run(ref, { command: ['sync'] });
  const { ownDiskBytes } = await engine.usage(ref);
  await remove(engine, ref);
  yield single({ name: 'machine.disk_kib', unit: 'KiB', value: ownDiskBytes / 1024, goal: { most: 1024 } });

  yield* benchMemory(engine, make);
}

async function* benchMemory(
  engine: Engine,
  make: (index: number, images: string[]) => Promise<{ ref: MachineRef }>,
): AsyncGenerator<Figure> {
  const refs: MachineRef[] = [];
  for (let index = 0; index < IDLE_MACHINES; index++) refs.push((await make(index, ['nginx'])).ref);
  const idle = await settledMemory();
  for (const ref of refs) await engine.stopMachine(ref);
  const asleep = await settledMemory();
  for (const ref of refs) await remove(engine, ref);
  // Held against the same host right after: what earlier figures left in caches and heaps is in all three looks.
  const without = await settledMemory();
  const each = (bytes: number) => (without - bytes) / IDLE_MACHINES / MIB;
  yield single({ name: 'machine.idle_mb', unit: 'MiB', value: each(idle), goal: { most: 42 } });
  yield single({ name: 'machine.asleep_mb', unit: 'MiB', value: each(asleep), goal: { most: 2 } });
}

async function makeMachine(engine: Engine, limits: MachineLimits, index: number, images: string[]) {
  const sandbox = `bench${'abcdefghijklmnopqrstuvwxyz'[index]}22`;
  await engine.createNetwork(sandbox);
  const started = performance.now();
  const ref = await engine.createMachine({ sandbox, machine: 'node1', generation: 1, images, limits });
  return { ref, ms: performance.now() - started };
}

async function remove(engine: Engine, ref: MachineRef): Promise<void> {
  await engine.removeMachine(ref);
  await engine.removeNetwork(ref.sandbox);
}

/** Memory that the host could still give, read when three looks in a row agree within 4 MiB. */
async function settledMemory(): Promise<number> {
  const looks: number[] = [];
  for (let look = 0; look < 60; look++) {
    looks.push(await availableBytes());
    const last = looks.slice(-3);
    if (last.length === 3 && Math.max(...last) - Math.min(...last) < 4 * MIB) break;
    await pause(1000);
  }
  return looks.at(-1)!;
}

/** MemAvailable of /proc/meminfo: page cache that can be dropped counts as free (kernel doc, filesystems/proc). */
async function availableBytes(): Promise<number> {
  const match = /^MemAvailable:\s+(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8'));
  if (!match) throw new Error('invariant: /proc/meminfo has MemAvailable');
  return Number(match[1]) * 1024;
}
