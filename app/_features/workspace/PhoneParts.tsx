/** What only a phone shows around its terminal: the task at hand above, the missing keys below. */
'use client';
import { lazy, Suspense, useSyncExternalStore, type ComponentProps } from 'react';
import type KeyBar from './KeyBar.tsx';
import type TaskStrip from './TaskStrip.tsx';

const Strip = lazy(() => import('./TaskStrip.tsx'));
const Keys = lazy(() => import('./KeyBar.tsx'));

/** The same width as `wide:` in the style sheet. */
const NARROW = '(width < 900px)';

export function PhoneTaskStrip(props: ComponentProps<typeof TaskStrip>) {
  return useIsNarrow() && <Suspense fallback={null}>{<Strip {...props} />}</Suspense>;
}

export function PhoneKeyBar(props: ComponentProps<typeof KeyBar>) {
  return useIsNarrow() && <Suspense fallback={null}>{<Keys {...props} />}</Suspense>;
}

function subscribe(changed: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

function useIsNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(NARROW).matches,
    () => false,
  );
}
