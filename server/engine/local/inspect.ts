/**
 * Asks the outer engine without waiting for ever. While Docker starts a process in a container it answers nothing about that
 * process; and a tenant that freezes the group which new processes join keeps it starting for ever.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { EngineError } from '../contract.ts';

/** An answer takes a few milliseconds; a machine that starts on a busy host, a second. */
const ANSWER_MS = 2_000;
/** A tenant may freeze itself again and again. */
const THAWS_MAX = 5;

/** @throws EngineError `machine_unreachable` when thawing does not help. */
export async function inspectAwake<Info>(
  thing: { inspect(): Promise<Info> },
  thaw: () => Promise<void>,
  answerMs = ANSWER_MS,
): Promise<Info> {
  const answer = thing.inspect();
  for (let thaws = 0; thaws <= THAWS_MAX; thaws++) {
    if (thaws > 0) await thaw();
    const seen = await firstOf(answer, answerMs);
    if (seen) return seen;
  }
  answer.catch(() => undefined);
  throw new EngineError(
    'machine_unreachable',
    'The engine cannot say how the machine is; its owner froze it.',
  );
}

/** Null when it takes longer. */
async function firstOf<Value>(work: Promise<Value>, limitMs: number): Promise<Value | null> {
  const ended = new AbortController();
  const late = pause(limitMs, null, { signal: ended.signal }).catch(() => null);
  try {
    return await Promise.race([work, late]);
  } finally {
    ended.abort();
  }
}
