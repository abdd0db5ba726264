/** The pages that are not lessons, and which of them this is. */
'use client';
import { useI18n } from '#app/_lib/i18n/I18n.tsx';
import { classes } from '#app/_ui/classes.ts';

const PAGES = ['courses', 'progress', 'classes', 'playground'] as const;

export function MainNav({ current }: { current: (typeof PAGES)[number] | null }) {
  const { t, locale } = useI18n();
  const href = {
    courses: `/${locale}`,
    progress: `/${locale}/progress`,
    classes: `/${locale}/classes`,
    playground: `/${locale}/playground`,
  };
  return (
    <nav aria-label={t.nav.main} className="flex items-center gap-4 text-sm wide:gap-6">
      {PAGES.map((page) => (
        <a
          key={page}
          href={href[page]}
          aria-current={page === current ? 'page' : undefined}
          className={classes(
            'flex h-(--hit) items-center',
            page === current ? 'font-strong text-ink' : 'text-ink-2',
            page !== 'courses' && 'max-narrow:hidden',
          )}
        >
          {t.nav[page]}
        </a>
      ))}
    </nav>
  );
}
