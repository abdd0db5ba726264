/** Home: continue where you were, the playground, and the map of all courses. */
import type { Metadata } from 'next';
import { CourseMap } from '#app/_features/course/CourseMap.tsx';
import { Hero } from '#app/_features/course/Hero.tsx';
import { PlaygroundCard } from '#app/_features/course/PlaygroundCard.tsx';
import { countLessons, suggestion } from '#app/_features/course/map.ts';
import { NextDue } from '#app/_features/in-class/NextDue.tsx';
import { RestartLesson } from '#app/_features/lesson/RestartLesson.tsx';
import { Footer } from '#app/_features/shell/Footer.tsx';
import { MainNav } from '#app/_features/shell/MainNav.tsx';
import { TopBar } from '#app/_features/shell/TopBar.tsx';
import { getClasses, getCourses, getMe } from '#app/_lib/api/server.ts';
import { fill } from '#app/_lib/i18n/words.ts';
import { pageWords, requestTime, type LocaleParams } from '#app/_lib/page-words.ts';

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const { t } = await pageWords(params);
  return { title: t.home.title };
}

export default async function Home({ params }: LocaleParams) {
  const words = await pageWords(params);
  const { t, locale } = words;
  const [me, courses] = await Promise.all([getMe(), getCourses(locale)]);
  const { learning } = me.user ? await getClasses() : { learning: [] };
  const next = suggestion(courses);
  return (
    <div className="flex min-h-full flex-col">
      <TopBar me={me}>
        <MainNav current="courses" />
      </TopBar>
      <main id="content" className="mx-auto w-full max-w-360 flex-1 px-5 pt-8 pb-12 wide:px-16 wide:pt-10">
        <NextDue words={words} learning={learning} courses={courses} now={requestTime()} />
        <section className="grid gap-8 border-b border-ink pb-10 full:grid-cols-[1fr_304px] full:gap-10">
          <Hero
            words={words}
            suggestion={next}
            now={requestTime()}
            again={
              next.kind === 'continue' && (
                <RestartLesson lesson={next.lesson.key} scored={next.lesson.progress.points !== null} />
              )
            }
          />
          <PlaygroundCard words={words} />
        </section>
        <CourseMap words={words} courses={courses} />
      </main>
      <Footer words={words} me={me} left={<span>{fill(t.home.lessonsOf, countLessons(courses))}</span>} />
    </div>
  );
}
