/** Turns what the outer engine and the host say into the few errors that the house knows. */
import { EngineError, type EngineErrorCode } from '../contract.ts';

type DockerFailure = Error & { statusCode?: number; code?: unknown; syscall?: unknown };

const CUT_OFF = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'];

export function statusOf(error: unknown): number | null {
  const status = (error as DockerFailure | null)?.statusCode;
  return typeof status === 'number' ? status : null;
}

/** @param what was tried, for the message: `Starting node1 of abcdefgh`. */
export function toEngineError(error: unknown, what: string): EngineError {
  if (error instanceof EngineError) return error;
  const failure = error instanceof Error ? (error as DockerFailure) : new Error(String(error));
  return new EngineError(codeOf(failure), `${what} failed: ${failure.message.trim()}`, { cause: failure });
}

function codeOf(failure: DockerFailure): EngineErrorCode {
  // Keys have a quota too, whose end is told in the disk's words.
  if (/no space left|(?<!session key: )disk quota exceeded/i.test(failure.message)) return 'disk_full';
  if (failure.statusCode === 404) return 'machine_unknown';
  // Nobody listens on the engine's socket, or it hung up in the middle.
  if (failure.syscall === 'connect' || CUT_OFF.includes(String(failure.code))) return 'engine_down';
  return 'machine_unreachable';
}

/** Runs `work` and translates its failure. */
export async function translated<Value>(what: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw toEngineError(error, what);
  }
}

/** For calls whose refusal with one of these statuses means: it already is as we want it. */
export async function unless(statuses: readonly number[], work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!statuses.includes(statusOf(error) ?? 0)) throw error;
  }
}
