/** The playground: an empty engine and nothing to do but try. */
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { MainNav } from '#app/_features/shell/MainNav.tsx';
import { Workspace } from '#app/_features/workspace/Workspace.tsx';
import { getMe } from '#app/_lib/api/server.ts';
import { pageWords, type LocaleParams } from '#app/_lib/page-words.ts';
import { LAYOUT_COOKIE, parseLayout } from '#app/_lib/preferences.ts';

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const { t } = await pageWords(params);
  return { title: t.nav.playground };
}

export default async function Playground({ params }: LocaleParams) {
  await pageWords(params);
  const [me, jar] = await Promise.all([getMe(), cookies()]);
  return (
    <Workspace
      me={me}
      lesson={null}
      startStep={null}
      nav={<MainNav current="playground" />}
      startLayout={parseLayout(jar.get(LAYOUT_COOKIE)?.value)}
    />
  );
}
