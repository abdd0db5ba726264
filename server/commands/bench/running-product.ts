/** Starts the whole product as `npm start` does, and says how long it took until it answered. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { retry } from '#server/lib/retry.ts';
import { ROOT } from '../test/step.ts';
import { single, type Figure } from './figure.ts';

export async function startProduct(
  environment: NodeJS.ProcessEnv,
): Promise<{ startFigure: Figure; stop(): Promise<void> }> {
  const started = performance.now();
  const child = spawn(process.execPath, ['server/commands/launch.mjs', 'main'], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 2, 2],
  });
  const ended = once(child, 'exit');
  let code: number | null = null;
  void ended.then(([exitCode]) => (code = Number(exitCode)));
  await retry(
    async () => {
      if (code !== null) return;
      // The page, not only the gateway: a start is over when a learner can read.
      const page = await fetch(`http://localhost:${environment.PORT}/en`);
      if (!page.ok) throw new Error(`the home page answered ${page.status}`);
    },
    { attempts: 6000, firstPauseMs: 50, maxPauseMs: 50 },
  );
  if (code !== null) throw new Error(`the product ended with ${code} while starting`);
  return {
    startFigure: single({
      name: 'start.second_s',
      unit: 's',
      value: (performance.now() - started) / 1000,
      goal: { most: 10 },
    }),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
