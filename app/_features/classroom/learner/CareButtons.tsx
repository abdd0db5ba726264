/** What an instructor may do with a learner's machine besides looking; each is asked about first. */
'use client';
import { lazy, Suspense, useState } from 'react';
import { Button } from '#app/_ui/Button.tsx';
import { useWallWords } from '../words.ts';
import type { CareProps } from './CareDialog.tsx';

const CareDialog = lazy(() => import('./CareDialog.tsx'));

const WHATS = ['extend', 'rewind', 'reset'] as const;

export function CareButtons(props: Omit<CareProps, 'what' | 'onClose'>) {
  const { w } = useWallWords();
  const [what, setWhat] = useState<CareProps['what'] | null>(null);
  return (
    <section className="border-t border-ink pt-3">
      <h2 className="text-lg font-strong">{w.learner.machine}</h2>
      <p className="mt-2 flex flex-wrap gap-2">
        {WHATS.map((one) => (
          <Button key={one} kind={one === 'reset' ? 'danger' : 'plain'} onClick={() => setWhat(one)}>
            {w.learner[one]}
          </Button>
        ))}
      </p>
      {what && (
        <Suspense fallback={null}>
          <CareDialog {...props} what={what} onClose={() => setWhat(null)} />
        </Suspense>
      )}
    </section>
  );
}
