/** Step: the outer Docker Engine, one of our own beside any that the host has, or the one that we are told to use. */
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import Docker from 'dockerode';
import { z } from 'zod';
import type { HostConfig, Step } from './contract.ts';
import { ensureUp, isUp, type Daemon } from './daemon.ts';
import { containerdText, engineText } from './engine-settings.ts';
import { SetUpError } from './errors.ts';
import type { Layout } from './layout.ts';
import { must, run } from './run.ts';
import type { Instance } from './slot.ts';

export type OuterEngine = {
  socketPath: string;
  /** First uid of its user namespace on the host. */
  mappedUid: number;
  /** Name of our OCI runtime; null on an engine that is not ours. */
  runtime: string | null;
};

export const RUNTIME_NAME = 'drydock';

const infoSchema = z.object({
  DockerRootDir: z.string(),
  SecurityOptions: z.array(z.string()).nullable(),
  Runtimes: z.record(z.string(), z.unknown()).nullable(),
});

export type OuterEngineOptions = {
  layout: Layout;
  instance: Instance;
  /** Our OCI runtime's program. */
  runtimePath: string;
};

/** Both daemons, in the order in which they start; they stop the other way round. */
export async function engineDaemons(options: OuterEngineOptions): Promise<Daemon[]> {
  const { layout } = options;
  const version = await must('dockerd', ['--version']);
  const major = Number(/version (\d+)/.exec(version)?.[1]);
  const openFiles = await reachableOpenFiles();
  return [
    {
      name: 'containerd',
      command: containerdCommand(layout),
      prefix: SMALL_HEAP,
      settings: { [layout.containerdConfig]: containerdText(layout) },
      readyTimeoutMs: 30_000,
      isReady: () => listens(layout.containerdSocket),
    },
    {
      name: 'dockerd',
      command: dockerdCommand(layout),
      // Containers may be given no more open files than their daemon may have.
      prefix: [...SMALL_HEAP, 'prlimit', `--nofile=${openFiles}:${openFiles}`],
      settings: { [layout.engineConfig]: engineText({ ...options, major, openFiles }) },
      readyTimeoutMs: 60_000,
      isReady: () => answers(layout.engineSocket),
    },
  ];
}

/** Half as much garbage as is alive, not as much again: it would be counted to machines that sleep. Shims inherit it. */
const SMALL_HEAP = ['env', 'GOGC=50'];

const WANTED_OPEN_FILES = 1_048_576;

/** Machines want as many as Debian's script for docker asks for; a host that is a container itself may grant fewer. */
async function reachableOpenFiles(): Promise<number> {
  const tried = await run('prlimit', [`--nofile=${WANTED_OPEN_FILES}:${WANTED_OPEN_FILES}`, 'true']);
  if (tried.code === 0) return WANTED_OPEN_FILES;
  const hard = (await must('prlimit', ['--nofile', '--output=HARD', '--noheadings', '--raw'])).trim();
  return Number(hard);
}

export function containerdCommand(layout: Layout): string[] {
  return ['containerd', '--config', layout.containerdConfig];
}

export function dockerdCommand(layout: Layout): string[] {
  return ['dockerd', '--config-file', layout.engineConfig];
}

/** A socket file alone may be left from a daemon that is gone. */
function listens(socketPath: string): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(socketPath);
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function answers(socketPath: string): Promise<boolean> {
  return new Docker({ socketPath, timeout: 5000 }).ping().then(
    () => true,
    () => false,
  );
}

export function ownEngineStep(options: OuterEngineOptions, daemons: Daemon[]): Step<OuterEngine> {
  const { layout } = options;
  const describe = async () => ({
    socketPath: layout.engineSocket,
    mappedUid: mappedUid((await readInfo(layout.engineSocket)).DockerRootDir),
    runtime: RUNTIME_NAME,
  });
  return {
    title: 'Outer engine',
    async check() {
      const up = await Promise.all(daemons.map((daemon) => isUp(daemon, layout)));
      return up.every(Boolean) ? describe() : null;
    },
    async apply(progress) {
      for (const daemon of daemons) {
        progress(`starting ${daemon.name}`);
        // Left by a daemon that died; it would believe that it runs already.
        if (!(await isUp(daemon, layout)) && daemon.name === 'dockerd')
          await rm(layout.enginePidFile, { force: true });
        await ensureUp(daemon, layout);
      }
      return describe();
    },
  };
}

/** An engine that is not ours is used as it is, where it can hold machines safely. */
export function givenEngineStep(config: HostConfig & { engineSocket: string }): Step<OuterEngine> {
  const socketPath = config.engineSocket;
  const look = async (): Promise<OuterEngine> => {
    const info = await readInfo(socketPath);
    const remapped = (info.SecurityOptions ?? []).some((option) => option.includes('name=userns'));
    if (!remapped)
      throw new SetUpError('engine_unsuitable', {
        sentence: `The engine at ${socketPath} runs without userns-remap: root in a machine would be root on this host.`,
        wayOut:
          'Put "userns-remap": "default" into its daemon.json and restart it, or leave DRYDOCK_ENGINE out: Drydock then runs an engine of its own.',
      });
    const runtime = RUNTIME_NAME in (info.Runtimes ?? {}) ? RUNTIME_NAME : null;
    return { socketPath, mappedUid: mappedUid(info.DockerRootDir), runtime };
  };
  return { title: 'Outer engine', check: look, apply: look };
}

async function readInfo(socketPath: string): Promise<z.infer<typeof infoSchema>> {
  try {
    return infoSchema.parse(await new Docker({ socketPath, timeout: 10_000 }).info());
  } catch (cause) {
    throw new SetUpError('engine_failed', {
      sentence: `The engine at ${socketPath} does not answer as a Docker Engine should.`,
      wayOut: 'See that it runs ("docker info" with DOCKER_HOST set to this socket), then start again.',
      cause,
    });
  }
}

/** With userns-remap the data root ends in `/<uid>.<gid>` of the mapped root. */
export function mappedUid(dockerRootDir: string): number {
  const uid = /\/(\d+)\.\d+$/.exec(dockerRootDir)?.[1];
  if (uid === undefined)
    throw new Error(`invariant: ${dockerRootDir} is not the data root of a remapped engine`);
  return Number(uid);
}
