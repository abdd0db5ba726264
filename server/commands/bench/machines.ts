/** Figures of machines by themselves: how fast one is made, what it costs idle and asleep, how fast it pulls. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine, MachineLimits, MachineRef } from '#server/engine/contract.ts';
import { fromSamples, single, type Figure } from './figure.ts';
import { MemoryMeter, type MachineMemory } from './host-memory.ts';

const MIB = 1024 * 1024;
const IDLE_MACHINES = 20;
const MEMORY_ROUNDS = 5;

type Context = { engine: Engine; limits: MachineLimits; dataDirectory: string };

export async function* benchMachines({ engine, limits, dataDirectory }: Context): AsyncGenerator<Figure> {
  await engine.prepareImages([]);
  await engine.prepareImages(['nginx']);
  // Before the first of them: what daemons and kernel keep of machines that are gone counts as theirs too.
  await using meter = await MemoryMeter.open(dataDirectory);
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

  yield* benchMemory(engine, meter, make);
}

/** Several times, with fresh machines each time: one look alone does not tell how steady the figure is. */
async function* benchMemory(
  engine: Engine,
  meter: MemoryMeter,
  make: (index: number, images: string[]) => Promise<{ ref: MachineRef }>,
): AsyncGenerator<Figure> {
  const idle: MachineMemory[] = [];
  const asleep: MachineMemory[] = [];
  for (let round = 0; round < MEMORY_ROUNDS; round++) {
    const refs: MachineRef[] = [];
    for (let index = 0; index < IDLE_MACHINES; index++) refs.push((await make(index, ['nginx'])).ref);
    idle.push(await settled(meter));
    for (const ref of refs) await engine.stopMachine(ref);
    asleep.push(await settled(meter));
    for (const ref of refs) await remove(engine, ref);
  }
  const figure = (name: string, bytes: number[], goals: { at: 'p95'; most: number }[] = []) => {
    const samples = bytes.map((sum) => sum / IDLE_MACHINES / MIB);
    return fromSamples({ name: `machine.${name}`, unit: 'MiB', samples, goals });
  };
  yield figure('idle_mb', idle.map(total), [{ at: 'p95', most: 42 }]);
  yield figure(
    'idle_beside_mb',
    idle.map(({ besideBytes }) => besideBytes),
  );
  yield figure('asleep_mb', asleep.map(total), [{ at: 'p95', most: 2 }]);
}

function total({ insideBytes, besideBytes }: MachineMemory): number {
  return insideBytes + besideBytes;
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

/** Read when three looks in a row agree within 4 MiB: programs that have ended are gone by then. */
async function settled(meter: MemoryMeter): Promise<MachineMemory> {
  const looks: MachineMemory[] = [];
  for (let look = 0; look < 60; look++) {
    looks.push(await meter.read());
    const last = looks.slice(-3).map(total);
    if (last.length === 3 && Math.max(...last) - Math.min(...last) < 4 * MIB) break;
    await pause(1000);
  }
  return looks.at(-1)!;
}
