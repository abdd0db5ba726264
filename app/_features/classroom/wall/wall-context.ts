/** What every part of the wall needs: the store, the lessons by name, and the line on the next meeting. */
'use client';
import { createContext, use, useCallback, useSyncExternalStore, type ReactNode } from 'react';
import type { Tile } from '#server/protocol/wall.ts';
import type { Outline } from './outline.ts';
import type { WallState } from './wall-state.ts';
import type { WallStore } from './wall-store.ts';

type WallValue = { store: WallStore; outlines: readonly Outline[]; meeting: ReactNode };

export const WallContext = createContext<WallValue | null>(null);

export function useWallContext(): WallValue {
  const value = use(WallContext);
  if (!value) throw new Error('invariant: useWallContext outside of WallContext');
  return value;
}

export function useWallState(store: WallStore): WallState {
  return useSyncExternalStore(store.subscribe, store.state, store.state);
}

/** Null once its learner has gone. */
export function useTile(store: WallStore, learner: string): Tile | null {
  const subscribe = useCallback(
    (listener: () => void) => store.subscribeTile(learner, listener),
    [store, learner],
  );
  const read = () => store.tile(learner);
  return useSyncExternalStore(subscribe, read, read);
}
