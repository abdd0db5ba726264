/** Sign in, or turn a guest into an account. */
import type { Metadata } from 'next';
import { AccountForm } from '#app/_features/account/AccountForm.tsx';
import { readCode } from '#app/_features/classes/join-code.ts';
import { MainNav } from '#app/_features/shell/MainNav.tsx';
import { TopBar } from '#app/_features/shell/TopBar.tsx';
import { getMe } from '#app/_lib/api/server.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { pageWords, type LocaleParams } from '#app/_lib/page-words.ts';
import { ButtonLink } from '#app/_ui/Button.tsx';

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const { t } = await pageWords(params);
  return { title: t.account.signInTitle };
}

type SignInProps = LocaleParams & { searchParams: Promise<{ join?: string | string[] }> };

export default async function SignIn({ params, searchParams }: SignInProps) {
  const { t, locale } = await pageWords(params);
  const [me, { join }] = await Promise.all([getMe(), searchParams]);
  // Who came from a class's code goes on to that class; a code is the only way on that an address may name.
  const code = typeof join === 'string' ? readCode(join) : null;
  const next = code ? `/${locale}/join/${code}` : `/${locale}`;
  const account = me.user && me.user.role !== 'guest' ? me.user : null;
  return (
    <div className="flex min-h-full flex-col">
      <TopBar me={me}>
        <MainNav current={null} />
      </TopBar>
      <main id="content" className="flex flex-1 justify-center px-5 pt-10 pb-12 wide:pt-16">
        {account ? (
          <div className="flex w-full max-w-96 flex-col items-start gap-4">
            <h1 className="text-xl font-strong">{t.account.signInTitle}</h1>
            <p className="text-md text-ink-2">{fill(t.account.signedInAs, { name: account.name })}</p>
            <ButtonLink kind="go" href={next}>
              {code ? t.nav.join : t.errors.home}
            </ButtonLink>
          </div>
        ) : (
          <AccountForm me={me} next={next} />
        )}
      </main>
    </div>
  );
}
