/** How long the machine is still kept when nobody comes back, and the way to keep it longer. */
'use client';
import { Clock } from 'lucide-react';
import { formatUntil } from '#app/_lib/format.ts';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { fill } from '#app/_lib/i18n/words.ts';

type KeptProps = { until: string; now: Date; onExtend: () => void };

export function Kept({ until, now, onExtend }: KeptProps) {
  const { t, locale } = useI18n();
  return (
    <span className="inline-flex items-center gap-1.5 text-near">
      <Clock className="size-3.5!" />
      {fill(t.machine.keptFor, { time: formatUntil(until, now, { locale, t }) })}
      <button type="button" className="font-strong text-accent hover:underline" onClick={onExtend}>
        {t.machine.extend}
      </button>
    </span>
  );
}
