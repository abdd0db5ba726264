/** Where in the classes this page is. */
'use client';
import { ChevronRight } from 'lucide-react';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';

export function Crumbs({ here }: { here: string }) {
  const { t, locale } = useI18n();
  return (
    <nav aria-label={t.nav.main} className="flex min-w-0 items-center gap-2">
      <a href={`/${locale}/classes`} className="flex h-(--hit) flex-none items-center text-ink-2">
        {t.nav.classes}
      </a>
      <ChevronRight className="text-ink-3" aria-hidden="true" />
      <span className="truncate font-strong">{here}</span>
    </nav>
  );
}
