/** The free playground, one click from a prompt. */
import { Terminal } from 'lucide-react';
import type { PageWords } from '#app/_lib/page-words.ts';
import { ButtonLink } from '#app/_ui/Button.tsx';

export function PlaygroundCard({ words: { t, locale } }: { words: PageWords }) {
  return (
    <section className="flex flex-col border-line max-full:border-t max-full:pt-6 full:border-l full:pl-8">
      <h2 className="text-lg font-strong">{t.home.playground}</h2>
      <p className="text-md text-ink-2">{t.home.playgroundText}</p>
      <p className="mt-auto pt-4">
        <ButtonLink href={`/${locale}/playground`}>
          <Terminal />
          {t.home.openTerminal}
        </ButtonLink>
      </p>
    </section>
  );
}
