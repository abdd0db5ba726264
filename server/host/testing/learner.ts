/** A machine in the hands of a learner, for tests of what images do in it: commands are typed, answers are awaited. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { Engine, MachineRef, RunResult } from '#server/engine/contract.ts';
import { openLocalEngine } from '#server/engine/local/engine.ts';
import { silentLog } from '../../lib/log.ts';
import { openTestHost } from './test-host.ts';

const MIB = 1024 ** 2;
const LIMITS = { memoryBytes: 1024 * MIB, pids: 1000, cpus: 2, diskBytes: 2048 * MIB };

export type Learner = {
  /** What a command says on both streams; it must end with `code`, 0 where none is given. */
  type(command: string, code?: number): Promise<string>;
  /** Asks again until the answer is there: programs take a moment to start. */
  sees(command: string, answer: string | RegExp): Promise<void>;
  /** Stops a container and checks that it ended by itself. */
  stopsWith(container: string, code: number): Promise<void>;
};

const SET_UP_LIMIT_MS = 300_000;

/** For the tests of one file: in a sandbox of this name, with the images pulled; gone after them. */
export function useLearner(sandbox: string, images: readonly string[]): Learner {
  let engine: Engine & AsyncDisposable;
  let ref: MachineRef;
  const learner = learnerAt((command, timeoutMs) =>
    engine.run(ref, { command: ['bash', '-c', `{ ${command}; } 2>&1`], timeoutMs }),
  );
  beforeAll(async () => {
    const host = await openTestHost();
    engine = await openLocalEngine(host.engine, silentLog);
    await clear(engine, sandbox);
    await engine.prepareImages([]);
    await engine.createNetwork(sandbox);
    ref = await engine.createMachine({
      sandbox,
      machine: 'node1',
      generation: 1,
      images: [],
      limits: LIMITS,
    });
    // Now, or what a run says of its pull would stand before what its program says.
    for (const image of images) await learner.type(`docker pull --quiet ${image}`);
  }, SET_UP_LIMIT_MS);
  afterAll(async () => {
    await clear(engine, sandbox);
    await engine[Symbol.asyncDispose]();
  });
  return learner;
}

/** Also what a run that was cut off left. */
async function clear(engine: Engine, sandbox: string): Promise<void> {
  for (const machine of await engine.machines())
    if (machine.ref.sandbox === sandbox) await engine.removeMachine(machine.ref);
  await engine.removeNetwork(sandbox);
}

function learnerAt(run: (command: string, timeoutMs: number) => Promise<RunResult>): Learner {
  async function type(command: string, code = 0): Promise<string> {
    const result = await run(command, 50_000);
    expect([command, result.code, result.code === code ? '' : result.stdout]).toEqual([command, code, '']);
    return result.stdout.trim();
  }

  async function sees(command: string, answer: string | RegExp): Promise<void> {
    const ask = async () => (await run(command, 10_000)).stdout;
    await expect.poll(ask, { timeout: 20_000, interval: 100 }).toMatch(answer);
  }

  async function stopsWith(container: string, code: number): Promise<void> {
    const before = performance.now();
    await type(`docker stop --time 10 ${container}`);
    // Ten seconds would mean that it was killed.
    expect(performance.now() - before).toBeLessThan(8000);
    expect(await type(`docker inspect --format '{{.State.ExitCode}}' ${container}`)).toBe(String(code));
  }
  return { type, sees, stopsWith };
}
