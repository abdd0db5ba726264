/**
 * Runs the Next.js app: a child without root, secrets or data, on a loopback port of its own, started again when it
 * dies. It dies with us: also of kill -9, by the kernel's parent-death signal.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Clock, Timer } from '#server/lib/clock.ts';
import type { Log } from '#server/lib/log.ts';
import type { Pages } from './parts.ts';
import { type AppCommand, freePort } from './app-command.ts';

/** How long a request waits for an app that is just starting. */
const PATIENCE_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** An app that served for so long died of something new: it is started again at once. */
const STEADY_MS = 30_000;

export type AppOptions = {
  /** How to start it so that it listens on this loopback port. */
  command(port: number): AppCommand;
  clock: Clock;
  log: Log;
};

export interface App extends Pages, AsyncDisposable {}

export function startApp(options: AppOptions): App {
  const { clock, log } = options;
  let up = Promise.withResolvers<number>();
  let child: ChildProcess | null = null;
  let pause: Timer | null = null;
  let pauseMs = FIRST_PAUSE_MS;
  let stopped = false;
  let isUp = false;

  async function start(): Promise<void> {
    const port = await freePort();
    if (stopped) return;
    const startedAt = clock.now().getTime();
    const { command, args, env, cwd } = options.command(port);
    const running = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = running;
    running.on('error', (error) => log.error('the app could not be started', { error }));
    relay(running.stdout, (line) => {
      // Next says so when it listens; nothing else it prints matters while it runs.
      if (/\bReady in\b/.test(line)) {
        isUp = true;
        up.resolve(port);
      }
      log.debug('app', { line });
    });
    relay(running.stderr, (line) => log.warn('app', { line }));
    running.on('close', (code, signal) => {
      if (isUp) up = Promise.withResolvers();
      isUp = false;
      child = null;
      if (stopped) return;
      if (clock.now().getTime() - startedAt > STEADY_MS) pauseMs = FIRST_PAUSE_MS;
      log.error('the app ended; starting it again', { code, signal, pauseMs });
      pause = clock.after(pauseMs, run);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
  }

  function run(): void {
    start().catch((error: unknown) => log.error('the app could not be started', { error }));
  }

  run();
  return {
    async port() {
      const { promise: late, resolve } = Promise.withResolvers<null>();
      const timer = clock.after(PATIENCE_MS, () => resolve(null));
      try {
        return await Promise.race([up.promise, late]);
      } finally {
        timer.cancel();
      }
    },
    async [Symbol.asyncDispose]() {
      stopped = true;
      pause?.cancel();
      if (!child) return;
      const ended = new Promise((resolve) => child?.once('close', resolve));
      // It holds nothing that must be saved.
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function relay(stream: Readable, tell: (line: string) => void): void {
  createInterface({ input: stream }).on('line', (line) => {
    if (line.trim() !== '') tell(line.slice(0, 2000));
  });
}
