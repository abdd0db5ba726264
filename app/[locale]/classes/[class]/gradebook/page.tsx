/** The gradebook of a class, to look at and to download. */
import type { Metadata } from 'next';
import { csvPath } from '#app/_features/classes/class-api.ts';
import { ClassHead } from '#app/_features/classes/ClassHead.tsx';
import { ClassPage } from '#app/_features/classes/ClassPage.tsx';
import { Crumbs } from '#app/_features/classes/Crumbs.tsx';
import { titlesOf } from '#app/_features/classes/draft.ts';
import { Gradebook } from '#app/_features/classes/Gradebook.tsx';
import { Legend } from '#app/_features/classes/ScoreCell.tsx';
import { rosterWords } from '#app/_features/classes/words.ts';
import { TopBar } from '#app/_features/shell/TopBar.tsx';
import { getGradebook } from '#app/_lib/api/server-classes.ts';
import { getCourses, getMe } from '#app/_lib/api/server.ts';
import { taught } from '#app/_lib/api/taught.ts';
import { pageWords, requestTime } from '#app/_lib/page-words.ts';
import { ButtonLink } from '#app/_ui/Button.tsx';

type GradebookProps = { params: Promise<{ locale: string; class: string }> };

export async function generateMetadata({ params }: GradebookProps): Promise<Metadata> {
  const { locale } = await pageWords(params);
  return { title: rosterWords(locale).gradebook };
}

export default async function GradebookPage({ params }: GradebookProps) {
  const words = await pageWords(params);
  const { locale } = words;
  const t = rosterWords(locale);
  const { class: id } = await params;
  const [me, courses, book] = await Promise.all([
    getMe(),
    getCourses(locale),
    taught(locale, () => getGradebook(id)),
  ]);
  const isEmpty = book.rows.length === 0;
  return (
    <ClassPage
      wide
      bar={
        <TopBar me={me}>
          <Crumbs here={book.class.name} />
        </TopBar>
      }
    >
      <ClassHead words={words} id={id} name={book.class.name} current="gradebook" />
      {isEmpty ? (
        <div className="mt-6 flex flex-col items-start gap-3">
          <p className="text-md text-ink-2">{t.gradesNone}</p>
          <ButtonLink kind="go" href={`/${locale}/classes/${id}/settings#join`}>
            {t.gradesInvite}
          </ButtonLink>
        </div>
      ) : (
        <>
          <p className="mt-4 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-3">
            <ButtonLink href={csvPath(id, true)} download>
              {t.download}
            </ButtonLink>
            <ButtonLink kind="text" href={csvPath(id, false)} download>
              {t.downloadPlain}
            </ButtonLink>
            {t.downloadRule}
          </p>
          <Gradebook book={book} titles={titlesOf(courses)} now={requestTime()} />
          <Legend />
        </>
      )}
    </ClassPage>
  );
}
