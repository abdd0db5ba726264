/** The door to what of the workspace is asked for once in a while. */
'use client';
import { lazy, Suspense } from 'react';
import type { PartProps } from './SeldomParts.tsx';

const Part = lazy(() => import('./SeldomParts.tsx'));

export function SeldomPart(props: PartProps) {
  return (
    <Suspense fallback={null}>
      <Part {...props} />
    </Suspense>
  );
}
