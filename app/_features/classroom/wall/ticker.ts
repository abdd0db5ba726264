/** Tells all ages of a page from one clock: whoever shows one is drawn anew only when its words change. */
'use client';
import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react';

const EVERY_MS = 1000;

export class Ticker {
  now = Date.now();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly tick = (): void => {
    this.now = Date.now();
    for (const listener of this.#listeners) listener();
  };
}

export const TickerContext = createContext<Ticker | null>(null);

/** Ticks for as long as it is mounted. */
export function useTicker(): Ticker {
  const [ticker] = useState(() => new Ticker());
  useEffect(() => {
    const timer = setInterval(ticker.tick, EVERY_MS);
    return () => clearInterval(timer);
  }, [ticker]);
  return ticker;
}

/** @param words of the present moment, in milliseconds since 1970 */
export function useTold(words: (nowMs: number) => string): string {
  const ticker = use(TickerContext);
  if (!ticker) throw new Error('invariant: useTold outside of TickerContext');
  return useSyncExternalStore(
    ticker.subscribe,
    () => words(ticker.now),
    () => '',
  );
}
