/** What is recorded of me, who sees it, and how to take it along or have it deleted. */
import type { Metadata } from 'next';
import { MY_DATA_PATH } from '#app/_features/classes/class-api.ts';
import { ClassPage } from '#app/_features/classes/ClassPage.tsx';
import { DeleteMe } from '#app/_features/classes/DeleteMe.tsx';
import { Section } from '#app/_features/classes/Section.tsx';
import { joinWords } from '#app/_features/classes/words.ts';
import { Footer } from '#app/_features/shell/Footer.tsx';
import { MainNav } from '#app/_features/shell/MainNav.tsx';
import { TopBar } from '#app/_features/shell/TopBar.tsx';
import { getClasses, getMe } from '#app/_lib/api/server.ts';
import type { Locale } from '#app/_lib/i18n/locale.ts';
import { count, fill } from '#app/_lib/i18n/words.ts';
import { guestDays, pageWords, type LocaleParams } from '#app/_lib/page-words.ts';
import { ButtonLink } from '#app/_ui/Button.tsx';
import type { Membership } from '#server/protocol/classes.ts';

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const { t } = await pageWords(params);
  return { title: t.nav.privacy };
}

export default async function Privacy({ params }: LocaleParams) {
  const words = await pageWords(params);
  const { locale } = words;
  const t = joinWords(locale);
  const me = await getMe();
  const list = me.user ? await getClasses() : null;
  const isGuest = me.user?.role === 'guest';
  return (
    <ClassPage
      bar={
        <TopBar me={me}>
          <MainNav current={null} />
        </TopBar>
      }
      foot={<Footer words={words} me={me} />}
    >
      <h1 className="text-xl font-strong">{t.privacy}</h1>
      <p className="max-w-(--measure) text-body text-pretty text-ink-2">{t.privacyText}</p>
      <Section title={t.recorded}>
        <ul className="mt-2 max-w-(--measure) list-disc pl-5 text-md text-pretty [&>li]:mt-1.5">
          {Object.values(t.recordedList).map((what) => (
            <li key={what}>{what}</li>
          ))}
        </ul>
        <p className="mt-3 max-w-(--measure) text-md font-strong text-pretty">{t.never}</p>
        {isGuest && (
          <p className="mt-1 max-w-(--measure) text-md text-pretty">{count(locale, t.guest, guestDays())}</p>
        )}
      </Section>
      {list ? (
        <>
          <Who locale={locale} learning={list.learning} />
          <Section title={t.take} text={t.takeText}>
            <p className="mt-3">
              <ButtonLink href={MY_DATA_PATH} download>
                {t.takeDo}
              </ButtonLink>
            </p>
          </Section>
          <DeleteMe isGuest={isGuest} />
        </>
      ) : (
        <p className="mt-8 max-w-(--measure) border-t border-ink pt-3 text-md">{t.nobody}</p>
      )}
    </ClassPage>
  );
}

function Who({ locale, learning }: { locale: Locale; learning: Membership[] }) {
  const t = joinWords(locale);
  return (
    <Section title={t.who} text={learning.length === 0 ? t.whoNobody : t.whoText}>
      {learning.length > 0 && (
        <>
          <ul className="mt-2">
            {learning.map((one) => (
              <li key={one.class} className="border-t border-line py-2 text-md first:border-0">
                <span className="block font-strong wrap-anywhere">{one.name}</span>
                <span className="flex flex-wrap gap-x-4 text-ink-2">
                  <span>{fill(t.whoClass, { instructor: one.instructor })}</span>
                  <span>{fill(t.whoAs, { name: one.as })}</span>
                </span>
              </li>
            ))}
          </ul>
          <p className="mt-1 text-md text-ink-2">
            {t.whoLeave}{' '}
            <a href={`/${locale}/classes`} className="underline decoration-1 underline-offset-3">
              {t.toClasses}
            </a>
          </p>
        </>
      )}
    </Section>
  );
}
