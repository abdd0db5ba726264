/** At the foot of the wall: how busy the host is, and the keys. */
'use client';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { Meter } from '#app/_ui/Meter.tsx';
import { useWallWords } from '../words.ts';
import type { HostFigures } from './wall-state.ts';

export function HostBar({ host }: { host: HostFigures | null }) {
  const { w, locale } = useWallWords();
  return (
    <footer className="sticky bottom-0 z-(--z-sticky) flex min-h-(--bar-status) flex-none flex-wrap items-center gap-x-6 border-t border-line bg-paper px-4 py-1 text-xs text-ink-2">
      {host && (
        <>
          <span className="inline-flex items-center gap-1.5">
            <svg viewBox="0 0 10 10" className="size-2.5 text-ok" aria-hidden="true">
              <rect x="1" y="1" width="8" height="8" fill="currentColor" />
            </svg>
            {count(locale, w.awake, host.awake)}
          </span>
          <Meter
            label={w.capacity}
            used={host.awake}
            limit={host.capacity}
            text={fill(w.capacityText, host)}
          />
          {host.waiting > 0 && <span className="text-near">{count(locale, w.waiting, host.waiting)}</span>}
        </>
      )}
      <span className="ml-auto max-wide:hidden">{w.keysHint}</span>
    </footer>
  );
}
