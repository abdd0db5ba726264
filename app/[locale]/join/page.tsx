/** Joining a class by a code that was said or written on a board. */
import type { Metadata } from 'next';
import { CodeForm } from '#app/_features/classes/CodeForm.tsx';
import { joinWords } from '#app/_features/classes/words.ts';
import { MainNav } from '#app/_features/shell/MainNav.tsx';
import { TopBar } from '#app/_features/shell/TopBar.tsx';
import { getMe } from '#app/_lib/api/server.ts';
import { pageWords, type LocaleParams } from '#app/_lib/page-words.ts';

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const { locale } = await pageWords(params);
  return { title: joinWords(locale).title };
}

export default async function Join({ params }: LocaleParams) {
  const { locale } = await pageWords(params);
  const t = joinWords(locale);
  const me = await getMe();
  return (
    <div className="flex min-h-full flex-col">
      <TopBar me={me}>
        <MainNav current={null} />
      </TopBar>
      <main id="content" className="flex flex-1 justify-center px-5 pt-10 pb-12 wide:pt-16">
        <div className="flex w-full max-w-96 flex-col gap-5">
          <div>
            <h1 className="text-xl font-strong">{t.title}</h1>
            <p className="mt-1 text-md text-pretty text-ink-2">{t.text}</p>
          </div>
          <CodeForm kind="go" />
        </div>
      </main>
    </div>
  );
}
