/** A word beside the text: note, warning, hint, or something deeper that opens when asked. */
'use client';
import type { ReactNode } from 'react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { Callout } from '#app/_ui/Callout.tsx';

type AsideProps = { kind: 'note' | 'warning' | 'hint' | 'deeper'; title: string | null; children: ReactNode };

export function Aside({ kind, title, children }: AsideProps) {
  const { t } = useI18n();
  if (kind === 'deeper' || kind === 'hint')
    return (
      <details className="aside">
        <summary>{title ?? (kind === 'deeper' ? t.lesson.deeper : t.lesson.asideHint)}</summary>
        {children}
      </details>
    );
  return (
    <div className="aside">
      <Callout
        kind={kind === 'warning' ? 'near' : 'plain'}
        title={title ?? (kind === 'warning' ? t.lesson.warning : t.lesson.note)}
      >
        {children}
      </Callout>
    </div>
  );
}
