/** The page's tips, fetched when something is first pointed at or reached by keyboard: before that there is none to show. */
'use client';
import { lazy, Suspense, useEffect, useState } from 'react';

// A page without tips is still a page.
const Tooltips = lazy(() => import('./Tooltips.tsx').catch(() => ({ default: () => <></> })));

export function TooltipsSoon() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const ended = new AbortController();
    const want = () => {
      setWanted(true);
      ended.abort();
    };
    for (const event of ['pointerover', 'focusin', 'click'])
      document.addEventListener(event, want, { signal: ended.signal });
    return () => ended.abort();
  }, []);
  return wanted ? (
    <Suspense fallback={null}>
      <Tooltips />
    </Suspense>
  ) : null;
}
