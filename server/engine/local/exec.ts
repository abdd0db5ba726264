/** Starts processes in machines: separate streams with back-pressure, a bounded start, an exit code that settles once. */
import { PassThrough, Writable } from 'node:stream';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import { EngineError, type ExecProcess, type ExecRequest } from '../contract.ts';
import { isInContainer } from './cgroups.ts';
import { demux } from './demux.ts';
import { statusOf, toEngineError } from './errors.ts';
import { inspectAwake } from './inspect.ts';

const START_TIMEOUT_MS = 10_000;
const LEARNER_SHELL = '/usr/local/lib/drydock/shell';
/** After its streams end a process usually is gone within a millisecond; then we ask ever more rarely. */
const EXIT_LOOK_FIRST_MS = 2;
const EXIT_LOOK_MAX_MS = 500;
/** How long we wait for the exit code of a process whose streams we dropped. */
const EXIT_AFTER_CLOSE_MS = 5_000;

export type StartedProcess = ExecProcess & {
  /** Ends the process itself, not only our side of it. */
  kill(): Promise<void>;
};

/** @param thaw unfreezes the machine: its tenant can freeze it, and then nothing starts in it. */
export async function startProcess(
  docker: Docker,
  container: { id: string; name: string },
  request: ExecRequest,
  thaw: () => Promise<void>,
): Promise<StartedProcess> {
  const what = `Running ${request.command[0]} in ${container.name}`;
  try {
    return await attempt(docker, container, request, thaw);
  } catch (error) {
    if (!(error instanceof StartTimeout)) throw toEngineError(error, what);
  }
  await thaw();
  try {
    return await attempt(docker, container, request, thaw);
  } catch (error) {
    throw toEngineError(error, what);
  }
}

class StartTimeout extends EngineError {
  constructor(limitMs: number) {
    super('machine_unreachable', `The machine did not start the process within ${limitMs} ms.`);
    this.name = 'StartTimeout';
  }
}

async function attempt(
  docker: Docker,
  container: { id: string },
  request: ExecRequest,
  thaw: () => Promise<void>,
): Promise<StartedProcess> {
  const limitMs = request.startTimeoutMs ?? START_TIMEOUT_MS;
  const signal = AbortSignal.timeout(limitMs);
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(new StartTimeout(limitMs));
  signal.addEventListener('abort', onAbort);
  const opening = open(docker, container.id, request);
  try {
    const { exec, socket } = await Promise.race([opening, aborted.promise]);
    const awake = { inspect: () => inspectAwake(exec, thaw) };
    watchStart(awake, socket as Socket, limitMs);
    return wire(awake, socket);
  } catch (error) {
    // It may still start later, with nobody to read it: then hang up.
    if (error instanceof StartTimeout) opening.then(({ socket }) => socket.destroy()).catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function open(docker: Docker, id: string, request: ExecRequest) {
  const exec = await docker.getContainer(id).exec({
    Cmd: request.asLearner ? [LEARNER_SHELL, ...request.command] : [...request.command],
    Env: Object.entries(request.env ?? {}).map(([name, value]) => `${name}=${value}`),
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
  });
  const socket = await exec.start({ hijack: true, stdin: true, Tty: false });
  return { exec, socket };
}

/** Docker opens the streams before it starts the process: what stays silent may never have started. */
function watchStart(exec: Asked, socket: Socket, limitMs: number): void {
  const before = socket.bytesRead;
  const timer = setTimeout(() => {
    if (socket.destroyed || socket.bytesRead > before) return;
    // The question thaws; where that does not help, nothing will ever come.
    exec.inspect().catch(() => socket.destroy());
  }, limitMs);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
}

function wire(exec: Asked, socket: Duplex): StartedProcess {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const stdin = standardInput(socket);
  let closedAtMs: number | null = null;
  const close = () => {
    closedAtMs ??= performance.now();
    socket.destroy();
  };
  // A broken stream is no news of its own: `exit` tells what became of the process.
  const streams = demux(socket, stdout, stderr).catch(() => undefined);
  const exit = streams.then(() => {
    stdout.end();
    stderr.end();
    return exitCode(exec, () => closedAtMs !== null && performance.now() - closedAtMs > EXIT_AFTER_CLOSE_MS);
  });
  // Most callers who close do not look at the exit: an unread rejection must not end the server.
  exit.catch(() => undefined);
  return { stdin, stdout, stderr, exit, close, kill: () => killProcess(exec) };
}

/** Ending it ends only the process's input; its output goes on. */
function standardInput(socket: Duplex): Writable {
  const stdin = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (socket.destroyed || socket.writableEnded) return done();
      if (socket.write(chunk)) return done();
      const go = () => {
        socket.off('drain', go);
        socket.off('close', go);
        done();
      };
      socket.on('drain', go);
      socket.on('close', go);
    },
    final: (done) => {
      socket.end();
      done();
    },
  });
  // Writing to a process that is gone is normal; `exit` tells of it.
  socket.on('error', () => stdin.destroy());
  return stdin;
}

async function exitCode(exec: Asked, givenUp: () => boolean): Promise<number> {
  for (let waitMs = EXIT_LOOK_FIRST_MS; ; waitMs = Math.min(waitMs * 2, EXIT_LOOK_MAX_MS)) {
    const state = await inspect(exec);
    if (!state.Running && state.ExitCode !== null) return state.ExitCode;
    if (givenUp()) throw new EngineError('machine_unreachable', 'The process was let go while it still ran.');
    await pause(waitMs);
  }
}

type Asked = Pick<Docker.Exec, 'inspect'>;
type ExecState = { Running: boolean; ExitCode: number | null; Pid: number; ContainerID: string };

async function inspect(exec: Asked): Promise<ExecState> {
  try {
    return await exec.inspect();
  } catch (error) {
    // The outer engine forgets the execs of a container that stopped.
    if (statusOf(error) === 404)
      throw new EngineError('machine_unreachable', 'The machine stopped before the process ended.', {
        cause: error,
      });
    throw toEngineError(error, 'Asking for an exit code');
  }
}

async function killProcess(exec: Asked): Promise<void> {
  const { Running, Pid, ContainerID } = await inspect(exec);
  // Pid stays set after the end, and the number may be somebody else's by then.
  if (!Running || Pid <= 1 || !(await isInContainer(Pid, ContainerID))) return;
  process.kill(Pid, 'SIGKILL');
}
