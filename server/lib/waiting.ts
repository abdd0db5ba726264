/** Waits for a condition that events announce. */
import type { Unsubscribe } from './emitter.ts';

/** False when it has not come to be so in time. */
export async function soon(
  timeoutMs: number,
  holds: () => boolean,
  subscribe: (check: () => void) => Unsubscribe,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const check = () => {
    if (holds()) resolve(true);
  };
  const unsubscribe = subscribe(check);
  const timer = setTimeout(() => resolve(holds()), timeoutMs);
  // After subscribing, or what happens between the two is lost.
  check();
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    unsubscribe();
  }
}

/** Rejects, naming what was waited for. */
export async function within(
  timeoutMs: number,
  what: string,
  holds: () => boolean,
  subscribe: (check: () => void) => Unsubscribe,
): Promise<void> {
  if (!(await soon(timeoutMs, holds, subscribe))) throw new Error(`waited ${timeoutMs / 1000} s for ${what}`);
}
