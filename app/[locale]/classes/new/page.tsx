/** A new class: its name and its lessons. */
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ClassForm } from '#app/_features/classes/ClassForm.tsx';
import { ClassPage } from '#app/_features/classes/ClassPage.tsx';
import { Crumbs } from '#app/_features/classes/Crumbs.tsx';
import { classWords } from '#app/_features/classes/words.ts';
import { TopBar } from '#app/_features/shell/TopBar.tsx';
import { getClasses, getCourses, getMe } from '#app/_lib/api/server.ts';
import { pageWords, type LocaleParams } from '#app/_lib/page-words.ts';

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const { locale } = await pageWords(params);
  return { title: classWords(locale).newTitle };
}

export default async function NewClass({ params }: LocaleParams) {
  const { locale } = await pageWords(params);
  const t = classWords(locale);
  const [me, courses] = await Promise.all([getMe(), getCourses(locale)]);
  // The list says how one comes to teach.
  if (!me.user || !(await getClasses()).mayTeach) redirect(`/${locale}/classes`);
  return (
    <ClassPage
      bar={
        <TopBar me={me}>
          <Crumbs here={t.newTitle} />
        </TopBar>
      }
    >
      <h1 className="text-xl font-strong">{t.newTitle}</h1>
      <p className="text-body text-ink-2">{t.newText}</p>
      <ClassForm existing={null} courses={courses} />
    </ClassPage>
  );
}
