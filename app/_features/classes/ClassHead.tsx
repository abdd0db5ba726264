/** The head of a class's pages: its name, and the way between wall, gradebook and settings. */
import type { PageWords } from '#app/_lib/page-words.ts';
import { classes } from '#app/_ui/classes.ts';
import { classWords } from './words.ts';

const PARTS = ['wall', 'gradebook', 'settings'] as const;

type HeadProps = { words: PageWords; id: string; name: string; current: (typeof PARTS)[number] };

export function ClassHead({ words: { locale }, id, name, current }: HeadProps) {
  const t = classWords(locale);
  const href = {
    wall: `/${locale}/classes/${id}`,
    gradebook: `/${locale}/classes/${id}/gradebook`,
    settings: `/${locale}/classes/${id}/settings`,
  };
  return (
    <header>
      <h1 className="text-xl font-strong text-balance wrap-anywhere">{name}</h1>
      <nav aria-label={t.parts} className="mt-3 flex gap-6 border-b border-line text-md">
        {PARTS.map((part) => (
          <a
            key={part}
            href={href[part]}
            aria-current={part === current ? 'page' : undefined}
            className={classes(
              '-mb-px flex h-10 items-center border-b-2 hover:no-underline',
              part === current
                ? 'border-accent font-strong text-ink'
                : 'border-transparent text-ink-2 hover:text-ink',
            )}
          >
            {t[part]}
          </a>
        ))}
      </nav>
    </header>
  );
}
