/** What a probe may do in the machine that it is about. */
import type { Engine, MachineRef } from '#server/engine/contract.ts';
import { exchange, type Reply } from '../exchange.ts';

export type Reach = { engine: Pick<Engine, 'dial' | 'run'>; ref: MachineRef };

/** The start of a file or a page that is looked at. */
export const MAX_BYTES = 256 * 1024;
/** How long any process of ours may run in the machine. */
export const RUN_MS = 5_000;
const START_MS = 2_000;
const DOCKER_SOCKET = '/var/run/docker.sock';

/** Runs as root beside dockerd, where a learner's limits do not reach. */
export async function run(
  { engine, ref }: Reach,
  command: readonly string[],
  options: { input?: string; maxBytes: number },
): Promise<{ code: number; stdout: string }> {
  return engine.run(ref, {
    command,
    env: { HOME: '/root', LANG: 'C.UTF-8' },
    startTimeoutMs: START_MS,
    // Longer than what the process is given by itself, so that it usually ends in order.
    timeoutMs: RUN_MS + 1_000,
    ...options,
  });
}

/** Asks the machine's own engine. */
export async function askEngine({ engine, ref }: Reach, path: string, maxBytes: number): Promise<Reply> {
  const stream = await engine.dial(ref, { socket: DOCKER_SOCKET });
  return exchange(stream, { path, headers: { host: 'docker' }, maxBytes, timeoutMs: RUN_MS });
}
