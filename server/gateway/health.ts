/** Says whether the server can do its work; asks the engine, but not more often than once a second. */
import type { Clock } from '#server/lib/clock.ts';
import type { Health } from '#server/protocol/account.ts';

const KEEP_MS = 1000;
const ANSWER_MS = 2000;

export function watchHealth(options: {
  /** Rejects, or does not answer, when the engine is down. */
  engine(): Promise<unknown>;
  version: string;
  clock: Clock;
}): () => Promise<Health> {
  const { engine, version, clock } = options;
  let asked: { atMs: number; answer: Promise<boolean> } | null = null;

  async function isUp(): Promise<boolean> {
    const { promise: late, resolve } = Promise.withResolvers<boolean>();
    const timer = clock.after(ANSWER_MS, () => resolve(false));
    try {
      return await Promise.race([engine().then(() => true), late]);
    } catch (error) {
      // Whatever it says: an engine that cannot answer is down.
      if (error instanceof Error) return false;
      throw error;
    } finally {
      timer.cancel();
    }
  }

  return async () => {
    const nowMs = clock.now().getTime();
    if (!asked || nowMs - asked.atMs >= KEEP_MS) asked = { atMs: nowMs, answer: isUp() };
    const up = await asked.answer;
    return { ok: up, engine: up ? 'up' : 'down', version };
  };
}
