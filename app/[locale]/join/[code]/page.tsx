/** What a code leads to, and the one step in; or why it leads nowhere, and what to do. */
import type { Metadata } from 'next';
import { CodeForm } from '#app/_features/classes/CodeForm.tsx';
import { readCode, troubleOf, type CodeTrouble } from '#app/_features/classes/join-code.ts';
import { JoinForm } from '#app/_features/classes/JoinForm.tsx';
import { joinWords } from '#app/_features/classes/words.ts';
import { MainNav } from '#app/_features/shell/MainNav.tsx';
import { TopBar } from '#app/_features/shell/TopBar.tsx';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { getJoinPreview } from '#app/_lib/api/server-classes.ts';
import { getMe } from '#app/_lib/api/server.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { pageWords } from '#app/_lib/page-words.ts';
import type { Me } from '#server/protocol/account.ts';
import type { JoinPreview } from '#server/protocol/classes.ts';

type JoinProps = { params: Promise<{ locale: string; code: string }> };

export async function generateMetadata({ params }: JoinProps): Promise<Metadata> {
  const { locale } = await pageWords(params);
  return { title: joinWords(locale).title };
}

export default async function JoinByCode({ params }: JoinProps) {
  const { locale } = await pageWords(params);
  const code = readCode(decoded((await params).code));
  const [me, found] = await Promise.all([getMe(), code ? preview(code) : ('unknown' as const)]);
  return (
    <div className="flex min-h-full flex-col">
      <TopBar me={me}>
        <MainNav current={null} />
      </TopBar>
      <main id="content" className="flex flex-1 justify-center px-5 pt-10 pb-12 wide:pt-16">
        <div className="flex w-full max-w-96 flex-col gap-5">
          {typeof found === 'string' ? (
            <Trouble locale={locale} trouble={found} />
          ) : (
            <Welcome locale={locale} code={code!} found={found} me={me} />
          )}
        </div>
      </main>
    </div>
  );
}

type WelcomeProps = { locale: Locale; code: string; found: JoinPreview; me: Me };

function Welcome({ locale, code, found, me }: WelcomeProps) {
  const t = joinWords(locale);
  const isAccount = me.user !== null && me.user.role !== 'guest';
  return (
    <>
      <div>
        <h1 className="text-xl font-strong text-balance wrap-anywhere">{found.name}</h1>
        <p className="mt-1 flex flex-wrap gap-x-4 text-md text-ink-2">
          <span>{fill(t.taughtBy, { name: found.instructor })}</span>
          <span>{count(locale, t.lessons, found.lessons)}</span>
        </p>
      </div>
      <JoinForm code={code} preview={found} me={me} />
      <p className="border-t border-line pt-4 text-sm text-pretty text-ink-2">
        {fill(t.seen, { name: found.instructor })}{' '}
        <a
          href={`/${locale}/privacy`}
          className="whitespace-nowrap underline decoration-1 underline-offset-3"
        >
          {t.seenMore}
        </a>
      </p>
      {!isAccount && !found.joined && (
        <p>
          <a href={`/${locale}/sign-in?join=${code}`}>{t.haveAccount}</a>
        </p>
      )}
    </>
  );
}

function Trouble({ locale, trouble }: { locale: Locale; trouble: CodeTrouble }) {
  const t = joinWords(locale);
  return (
    <>
      <div>
        <h1 className="text-xl font-strong text-balance">{t[trouble].title}</h1>
        <p className="mt-1 text-md text-pretty text-ink-2">{t[trouble].text}</p>
      </div>
      {trouble !== 'too_fast' && (
        <section aria-label={t.anotherCode} className="border-t border-line pt-4">
          <h2 className="mb-3 text-md font-strong">{t.anotherCode}</h2>
          <CodeForm />
        </section>
      )}
    </>
  );
}

async function preview(code: string): Promise<JoinPreview | CodeTrouble> {
  try {
    return await getJoinPreview(code);
  } catch (error) {
    const trouble = error instanceof ApiError ? troubleOf(error.code) : null;
    if (trouble) return trouble;
    throw error;
  }
}

/** What stands in an address may be no text at all. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
