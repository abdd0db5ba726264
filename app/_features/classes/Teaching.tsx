/** The classes that I teach, each with its code, its next date and its pages. */
import { count, fill } from '#app/_lib/i18n/words.ts';
import type { PageWords } from '#app/_lib/page-words.ts';
import { ButtonLink } from '#app/_ui/Button.tsx';
import type { Me } from '#server/protocol/account.ts';
import type { ClassList, ClassView } from '#server/protocol/classes.ts';
import { Moment } from './Moment.tsx';
import { nextDue } from './moments.ts';
import { Section } from './Section.tsx';
import { classWords } from './words.ts';

type TeachingProps = { words: PageWords; list: ClassList; me: Me; now: Date };

export function Teaching({ words, list, me, now }: TeachingProps) {
  const { locale } = words;
  const t = classWords(locale);
  const { mayTeach, teaching } = list;
  const isAccount = me.user !== null && me.user.role !== 'guest';
  if (!mayTeach)
    return (
      <Section title={t.teaching}>
        <p className="mt-1 max-w-(--measure) text-md text-pretty text-ink-2">
          {isAccount ? t.mayNot : t.mayNotGuest}
        </p>
        {!isAccount && (
          <p className="mt-3">
            <ButtonLink href={`/${locale}/sign-in`}>{words.t.account.signUpTitle}</ButtonLink>
          </p>
        )}
      </Section>
    );
  return (
    <Section
      title={t.teaching}
      action={
        <ButtonLink kind="go" href={`/${locale}/classes/new`}>
          {t.newClass}
        </ButtonLink>
      }
    >
      {teaching.length === 0 && (
        <p className="mt-1 max-w-(--measure) text-md text-pretty text-ink-2">{t.noTeaching}</p>
      )}
      <ul className="mt-2">
        {teaching.map((one) => (
          <Row key={one.id} words={words} one={one} me={me} now={now} />
        ))}
      </ul>
    </Section>
  );
}

type RowProps = { words: PageWords; one: ClassView; me: Me; now: Date };

function Row({ words: { locale }, one, me, now }: RowProps) {
  const t = classWords(locale);
  const path = `/${locale}/classes/${one.id}`;
  const due = nextDue(one.lessons, now);
  return (
    <li className="grid gap-x-8 gap-y-2 border-t border-line py-3 first:border-0 wide:grid-cols-[1fr_auto_auto] wide:items-center">
      <div className="min-w-0">
        <a href={path} className="text-body font-strong wrap-anywhere text-ink">
          {one.name}
        </a>
        <p className="flex flex-wrap gap-x-4 text-sm text-ink-2">
          {/* An administrator sees the classes of all. */}
          {one.instructor !== me.user?.name && <span>{fill(t.taughtBy, { name: one.instructor })}</span>}
          <span>{count(locale, t.learners, one.learners)}</span>
          <span>{count(locale, t.lessons, one.lessons.length)}</span>
          {due ? <Moment at={due} now={now} sentence={t.nextDue} /> : <span>{t.nothingDue}</span>}
          {one.paused && <span className="font-strong text-near">{t.paused}</span>}
        </p>
      </div>
      <p className="text-sm text-ink-2 wide:text-right">
        {one.code ? (
          <>
            {t.code} <span className="ml-1 font-mono text-mono-sm font-strong text-ink">{one.code.code}</span>
          </>
        ) : (
          t.noCode
        )}
      </p>
      <p className="-ml-2 flex flex-wrap wide:ml-0">
        <ButtonLink kind="text" href={path} aria-label={`${t.wall}: ${one.name}`}>
          {t.wall}
        </ButtonLink>
        <ButtonLink kind="text" href={`${path}/gradebook`} aria-label={`${t.gradebook}: ${one.name}`}>
          {t.gradebook}
        </ButtonLink>
        <ButtonLink kind="text" href={`${path}/settings`} aria-label={`${t.settings}: ${one.name}`}>
          {t.settings}
        </ButtonLink>
      </p>
    </li>
  );
}
