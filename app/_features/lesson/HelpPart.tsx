/** The door to what few steps need. */
'use client';
import { lazy, Suspense } from 'react';
import type { HelpProps } from './HelpParts.tsx';

const Parts = lazy(() => import('./HelpParts.tsx'));

export function HelpPart(props: HelpProps) {
  return (
    <Suspense fallback={null}>
      <Parts {...props} />
    </Suspense>
  );
}
