/** Tries again with a growing pause until it works, the attempts are used up, or the signal aborts. */
import { setTimeout as pause } from 'node:timers/promises';

export async function retry<Value>(
  work: () => Promise<Value>,
  options: { attempts: number; firstPauseMs: number; maxPauseMs: number; signal?: AbortSignal },
): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= options.attempts || options.signal?.aborted) throw error;
      const pauseMs = Math.min(options.firstPauseMs * 2 ** (attempt - 1), options.maxPauseMs);
      await pause(pauseMs, undefined, { signal: options.signal });
    }
  }
}
