/** The quiet line at the foot of pages: what has been done, how long guest work is kept, and the way to what is recorded. */
import type { ReactNode } from 'react';
import type { Me } from '#server/protocol/account.ts';
import { count } from '#app/_lib/i18n/words.ts';
import { keepDays, type PageWords } from '#app/_lib/page-words.ts';

const LINK = 'underline decoration-1 underline-offset-3';

export function Footer({ words: { t, locale }, me, left }: { words: PageWords; me: Me; left?: ReactNode }) {
  const isGuest = !me.user || me.user.role === 'guest';
  return (
    <footer className="flex min-h-(--bar-status) flex-none flex-wrap items-center gap-x-6 border-t border-line px-4 py-1.5 text-xs text-ink-2">
      {left}
      <a href={`/${locale}/privacy`} className={LINK}>
        {t.nav.privacy}
      </a>
      {isGuest && (
        <span className="ml-auto">
          {count(locale, t.home.guestKept, keepDays())}{' '}
          <a href={`/${locale}/sign-in`} className={LINK}>
            {t.home.makeAccount}
          </a>
        </span>
      )}
    </footer>
  );
}
