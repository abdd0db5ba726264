/** How many look at this sandbox, where it is more than one. */
'use client';
import { Eye } from 'lucide-react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { count } from '#app/_lib/i18n/words.ts';

export function Viewers({ amount }: { amount: number }) {
  const { t, locale } = useI18n();
  return (
    <span className="inline-flex items-center gap-1.5">
      <Eye className="size-3.5!" />
      {count(locale, t.machine.viewers, amount)}
    </span>
  );
}
