/** The quiet line at the foot of pages: what has been done, and how long guest work is kept. */
import type { ReactNode } from 'react';

type FooterProps = { left?: ReactNode; guestKept: { text: string; link: string; href: string } | null };

export function Footer({ left, guestKept }: FooterProps) {
  return (
    <footer className="flex min-h-(--bar-status) flex-none flex-wrap items-center gap-x-6 border-t border-line px-4 py-1.5 text-xs text-ink-2">
      {left}
      {guestKept && (
        <span className="ml-auto">
          {guestKept.text}{' '}
          <a href={guestKept.href} className="underline decoration-1 underline-offset-3">
            {guestKept.link}
          </a>
        </span>
      )}
    </footer>
  );
}
