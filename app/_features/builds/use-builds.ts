/** The builds of a sandbox: asked for once, and again with each one that ends. */
'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Build } from '#server/protocol/builds.ts';
import type { FeedMessage } from '#server/protocol/feed.ts';
import { ApiError, errorOf } from '#app/_lib/api/api-error.ts';

export type BuildsState = {
  /** Newest first; null before they were first told. */
  builds: readonly Build[] | null;
  /** Why they could not be told. */
  error: ApiError | null;
};

export type Hears = (listener: (message: FeedMessage) => void) => () => void;

async function askForBuilds(sandbox: string, signal: AbortSignal): Promise<Build[]> {
  let response: Response;
  try {
    response = await fetch(`/api/sandboxes/${sandbox}/builds`, { signal });
  } catch (cause) {
    throw new ApiError('offline', 'no answer to GET builds', { cause });
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorOf(response.status, answer);
  return answer as Build[];
}

export function useBuilds(sandbox: string, hears: Hears): BuildsState & { ask: () => void } {
  const [state, setState] = useState<BuildsState>({ builds: null, error: null });
  const asked = useRef<AbortController | null>(null);
  const ask = useCallback(() => {
    asked.current?.abort();
    const mine = new AbortController();
    asked.current = mine;
    askForBuilds(sandbox, mine.signal).then(
      (builds) => mine.signal.aborted || setState({ builds, error: null }),
      (error: unknown) => {
        if (mine.signal.aborted) return;
        const known =
          error instanceof ApiError ? error : new ApiError('internal', 'no builds', { cause: error });
        // What was told before is still true.
        setState(({ builds }) => ({ builds, error: known }));
      },
    );
  }, [sandbox]);
  useEffect(() => {
    ask();
    return () => asked.current?.abort();
  }, [ask]);
  useEffect(
    // A new connection may have missed one.
    () => hears(({ type }) => (type === 'build' || type === 'all') && ask()),
    [hears, ask],
  );
  return { ...state, ask };
}
