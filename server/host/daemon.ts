/** Background programs of ours that outlive the server: found again by what they are, started, restarted, stopped. */
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SetUpError } from './errors.ts';
import type { Layout } from './layout.ts';
import { endProcess, findOwnProcess } from './processes.ts';
import { cleanEnvironment, lastWords } from './run.ts';

export type Daemon = {
  name: string;
  /** Program and arguments as /proc/PID/cmdline shows them; some argument must bear the data directory. */
  command: string[];
  /** Put before the command: programs that change limits or user and then become it. */
  prefix?: string[];
  /** Files written before it starts; another text restarts it. */
  settings: Record<string, string>;
  readyTimeoutMs: number;
  isReady(): Promise<boolean>;
};

const LOG_MAX_BYTES = 8 * 1024 * 1024;
const STOP_TIMEOUT_MS = 20_000;

/** Running, with these very settings. */
export async function isUp(daemon: Daemon, layout: Layout): Promise<boolean> {
  const stamp = await readFile(layout.settingsStamp(daemon.name), 'utf8').catch(() => '');
  return stamp === digest(daemon) && (await find(daemon, layout)) !== null && daemon.isReady();
}

/** Its process is there, whether it answers or not. */
export async function isRunning(daemon: Daemon, layout: Layout): Promise<boolean> {
  return (await find(daemon, layout)) !== null;
}

async function find(
  daemon: Pick<Daemon, 'name' | 'command' | 'prefix'>,
  layout: Layout,
): Promise<number | null> {
  const likely = Number(await readFile(layout.pidFile(daemon.name), 'utf8').catch(() => ''));
  // Between its start and its becoming the daemon it still bears the prefix.
  return findOwnProcess([daemon.command, [...(daemon.prefix ?? []), ...daemon.command]], likely || null);
}

/** Up when this resolves; a running one with other settings is restarted. */
export async function ensureUp(daemon: Daemon, layout: Layout): Promise<void> {
  if (await isUp(daemon, layout)) return;
  await stopDaemon(daemon, layout);
  for (const [path, text] of Object.entries(daemon.settings)) {
    await mkdir(dirname(path), { recursive: true, mode: 0o711 });
    await writeFile(path, text);
  }
  const pid = await start(daemon, layout);
  await writeFile(layout.pidFile(daemon.name), `${pid}\n`);
  await untilReady(daemon, layout);
  await writeFile(layout.settingsStamp(daemon.name), digest(daemon));
}

/** Fine when it is not running. */
export async function stopDaemon(daemon: Pick<Daemon, 'name' | 'command'>, layout: Layout): Promise<void> {
  const pid = await find(daemon, layout);
  if (pid !== null) await endProcess(pid, STOP_TIMEOUT_MS);
  await rm(layout.pidFile(daemon.name), { force: true });
  await rm(layout.settingsStamp(daemon.name), { force: true });
}

async function start(daemon: Daemon, layout: Layout): Promise<number> {
  await mkdir(layout.log, { recursive: true, mode: 0o711 });
  const path = layout.logFile(daemon.name);
  const log = await open(path, 'a', 0o640);
  try {
    // Kept from one start to the next, but not for ever.
    if ((await log.stat()).size > LOG_MAX_BYTES) await log.truncate();
    await log.write(`\n--- ${new Date().toISOString()} ${daemon.command.join(' ')}\n`);
    const [program, ...rest] = [...(daemon.prefix ?? []), ...daemon.command];
    const child = spawn(program!, rest, {
      cwd: '/',
      env: cleanEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
      // A session of its own: the server's end, or Ctrl-C at its terminal, is none of its business.
      detached: true,
    });
    await new Promise((settle, fail) => child.once('spawn', settle).once('error', fail));
    child.unref();
    return child.pid!;
  } finally {
    await log.close();
  }
}

async function untilReady(daemon: Daemon, layout: Layout): Promise<void> {
  const deadline = Date.now() + daemon.readyTimeoutMs;
  while (!(await daemon.isReady())) {
    const died = (await find(daemon, layout)) === null;
    if (died || Date.now() > deadline) {
      const log = await readFile(layout.logFile(daemon.name), 'utf8').catch(() => '');
      const said = log.slice(log.lastIndexOf('\n---')).split('\n').slice(2);
      throw new SetUpError('daemon_failed', {
        sentence: `Our ${daemon.name} ${died ? 'ended at once' : 'does not answer'}: ${lastWords({ stdout: said.join('\n'), stderr: '' })}`,
        wayOut: `Read ${layout.logFile(daemon.name)}, mend what it names, then start again.`,
      });
    }
    await pause(25);
  }
}

function digest(daemon: Daemon): string {
  return createHash('sha256')
    .update(JSON.stringify([daemon.prefix, daemon.command, daemon.settings]))
    .digest('hex');
}
