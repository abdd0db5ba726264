/** What only a phone shows: the switch between panes, and around its terminal the task at hand and the missing keys. */
'use client';
import { lazy, Suspense, useSyncExternalStore, type ComponentProps } from 'react';
import type { KeyBar } from './KeyBar.tsx';
import type { PhoneSwitch as Switch } from './PhoneSwitch.tsx';
import type { TaskStrip } from './TaskStrip.tsx';

const pieces = () => import('./PhonePieces.tsx');
const PaneSwitch = lazy(async () => ({ default: (await pieces()).PhoneSwitch }));
const Strip = lazy(async () => ({ default: (await pieces()).TaskStrip }));
const Keys = lazy(async () => ({ default: (await pieces()).KeyBar }));

/** The same width as `wide:` in the style sheet. */
const NARROW = '(width < 900px)';

/** Its room is there from the first paint on. */
export function PhoneSwitch(props: ComponentProps<typeof Switch>) {
  const isNarrow = useIsNarrow();
  return (
    <div className="h-12 flex-none border-b border-line wide:hidden">
      {isNarrow && <Suspense fallback={null}>{<PaneSwitch {...props} />}</Suspense>}
    </div>
  );
}

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
