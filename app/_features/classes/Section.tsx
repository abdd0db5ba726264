/** A part of a page, opened by a rule of ink: its title, a word on it, and what can be done with all of it. */
import type { ReactNode } from 'react';

type SectionProps = { id?: string; title: string; text?: string; action?: ReactNode; children?: ReactNode };

export function Section({ id, title, text, action, children }: SectionProps) {
  return (
    <section id={id} aria-label={title} className="mt-10 scroll-mt-6">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-t border-ink pt-2">
        <div className="min-w-0">
          <h2 className="text-lg font-strong">{title}</h2>
          {text && <p className="max-w-(--measure) text-md text-pretty text-ink-2">{text}</p>}
        </div>
        {action && <div className="flex flex-wrap items-center gap-2 py-1">{action}</div>}
      </header>
      {children}
    </section>
  );
}
