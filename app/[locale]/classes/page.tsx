/** My classes: those that I teach, those that I learn in, and for an administrator, who may teach. */
import type { Metadata } from 'next';
import { ClassPage } from '#app/_features/classes/ClassPage.tsx';
import { keyOf } from '#app/_features/classes/draft.ts';
import { Instructors } from '#app/_features/classes/Instructors.tsx';
import { Learning, type LessonStanding } from '#app/_features/classes/Learning.tsx';
import { Teaching } from '#app/_features/classes/Teaching.tsx';
import { classWords } from '#app/_features/classes/words.ts';
import { Footer } from '#app/_features/shell/Footer.tsx';
import { MainNav } from '#app/_features/shell/MainNav.tsx';
import { TopBar } from '#app/_features/shell/TopBar.tsx';
import { getInstructors } from '#app/_lib/api/server-classes.ts';
import { getClasses, getCourses, getMe } from '#app/_lib/api/server.ts';
import { pageWords, requestTime, type LocaleParams } from '#app/_lib/page-words.ts';
import type { ClassList } from '#server/protocol/classes.ts';
import type { Course } from '#server/protocol/lesson.ts';

/** What somebody sees whom the server does not know yet. */
const NONE: ClassList = { mayTeach: false, teaching: [], learning: [] };

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const { t } = await pageWords(params);
  return { title: t.nav.classes };
}

export default async function Classes({ params }: LocaleParams) {
  const words = await pageWords(params);
  const { locale } = words;
  const t = classWords(locale);
  const [me, courses] = await Promise.all([getMe(), getCourses(locale)]);
  const role = me.user?.role;
  const [list, instructors] = await Promise.all([
    me.user ? getClasses() : NONE,
    role === 'admin' ? getInstructors() : [],
  ]);
  const now = requestTime();
  return (
    <ClassPage
      bar={
        <TopBar me={me}>
          <MainNav current="classes" />
        </TopBar>
      }
      foot={<Footer words={words} me={me} />}
    >
      <h1 className="text-xl font-strong">{t.title}</h1>
      <p className="text-body text-ink-2">{t.text}</p>
      {list.mayTeach && <Teaching words={words} list={list} me={me} now={now} />}
      <Learning memberships={list.learning} lessons={standings(courses)} now={now} />
      {!list.mayTeach && <Teaching words={words} list={list} me={me} now={now} />}
      {role === 'admin' && <Instructors instructors={instructors} />}
    </ClassPage>
  );
}

function standings(courses: Course[]): Record<string, LessonStanding> {
  return Object.fromEntries(
    courses.flatMap(({ lessons }) =>
      lessons.map(({ key, title, progress }): [string, LessonStanding] => [
        keyOf(key),
        { title, state: progress.finishedAt ? 'done' : progress.lastOpenedAt ? 'open' : 'new' },
      ]),
    ),
  );
}
