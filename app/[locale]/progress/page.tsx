/** My progress: lessons and their tasks, and the machines that are kept for me. */
import type { Metadata } from 'next';
import { NextDue } from '#app/_features/in-class/NextDue.tsx';
import { LessonTable } from '#app/_features/progress/LessonTable.tsx';
import { Machines } from '#app/_features/progress/Machines.tsx';
import { Footer } from '#app/_features/shell/Footer.tsx';
import { MainNav } from '#app/_features/shell/MainNav.tsx';
import { TopBar } from '#app/_features/shell/TopBar.tsx';
import { getClasses, getCourses, getMe, getSandboxes } from '#app/_lib/api/server.ts';
import { pageWords, requestTime, type LocaleParams } from '#app/_lib/page-words.ts';

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const { t } = await pageWords(params);
  return { title: t.progress.title };
}

export default async function Progress({ params }: LocaleParams) {
  const words = await pageWords(params);
  const { t, locale } = words;
  const [me, courses] = await Promise.all([getMe(), getCourses(locale)]);
  const [sandboxes, { learning }] = me.user
    ? await Promise.all([getSandboxes(), getClasses()])
    : [[], { learning: [] }];
  const now = requestTime();
  const titles = Object.fromEntries(
    courses.flatMap(({ lessons }) => lessons.map(({ key, title }) => [`${key.course}/${key.lesson}`, title])),
  );
  return (
    <div className="flex min-h-full flex-col">
      <TopBar me={me}>
        <MainNav current="progress" />
      </TopBar>
      <main id="content" className="mx-auto w-full max-w-240 flex-1 px-5 pt-8 pb-12 wide:px-16 wide:pt-10">
        <NextDue words={words} learning={learning} courses={courses} now={now} />
        <h1 className="text-xl font-strong">{t.progress.title}</h1>
        <p className="text-body text-ink-2">{t.progress.text}</p>
        <Machines sandboxes={sandboxes} titles={titles} now={now} />
        <LessonTable words={words} courses={courses} now={now} />
      </main>
      <Footer words={words} me={me} />
    </div>
  );
}
