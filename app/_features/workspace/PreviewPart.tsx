/** A part of the previews, where there are any; its code comes with the first port. */
'use client';
import { lazy, Suspense } from 'react';
import type { WorkspaceState } from './state.ts';
import type { PreviewsHandle } from './use-previews.ts';

const Parts = lazy(() => import('../preview/Parts.tsx'));

type PartProps = {
  part: 'tabs' | 'switch' | 'stage';
  state: WorkspaceState;
  previews: PreviewsHandle;
  /** Nothing of them is in sight: another pane is. */
  away?: boolean;
  onShow?: () => void;
};

export function PreviewPart({ state, ...rest }: PartProps) {
  const { previews, sandbox } = state;
  if (!previews || previews.ports.length + rest.previews.open.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <Parts {...rest} view={previews} machines={sandbox?.machines.length ?? 1} />
    </Suspense>
  );
}
