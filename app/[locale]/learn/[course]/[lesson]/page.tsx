/** A lesson: its text, a machine of the learner's own, and its tasks. */
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { figuresOf } from '#app/_features/diagrams/figures-of.tsx';
import { Before } from '#app/_features/lesson/Before.tsx';
import { FiguresProvider } from '#app/_features/lesson/figures.tsx';
import { BrokenLesson } from '#app/_features/lesson/BrokenLesson.tsx';
import { findCard, undone } from '#app/_features/course/map.ts';
import { Workspace } from '#app/_features/workspace/Workspace.tsx';
import { ApiError } from '#app/_lib/api/api-error.ts';
import { getCourses, getLesson, getMe, getSandboxes, getTasks } from '#app/_lib/api/server.ts';
import { pageWords, type PageWords } from '#app/_lib/page-words.ts';
import { LAYOUT_COOKIE, parseLayout } from '#app/_lib/preferences.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import type { Lesson } from '#server/protocol/lesson.ts';

type LessonPageProps = {
  params: Promise<{ locale: string; course: string; lesson: string }>;
  searchParams: Promise<{ step?: string | string[]; read?: string | string[] }>;
};

export async function generateMetadata({ params }: LessonPageProps): Promise<Metadata> {
  const { lesson } = await load(params);
  return 'problems' in lesson ? {} : { title: lesson.title, description: lesson.summary };
}

export default async function LessonPage({ params, searchParams }: LessonPageProps) {
  const { lesson, words } = await load(params);
  const { locale } = words;
  if ('problems' in lesson) return <BrokenLesson words={words} problems={lesson.problems} />;
  const { key } = lesson;
  const [me, courses, tasks, { step, read }, jar] = await Promise.all([
    getMe(),
    getCourses(locale),
    getTasks(key.course, key.lesson),
    searchParams,
    cookies(),
  ]);
  const card = findCard(courses, key);
  const finished = Boolean(card?.progress.finishedAt);
  // What is finished is opened to be read again; a machine that is still there is part of it.
  const reading = read !== undefined || (finished && !(await hasMachine(key)));
  return (
    <FiguresProvider value={figuresOf(lesson, locale)}>
      <Workspace
        // Another lesson is another sandbox, with nothing carried over.
        key={`${lesson.key.course}/${lesson.key.lesson}`}
        me={me}
        lesson={lesson}
        startStep={typeof step === 'string' ? step : (card?.progress.step ?? null)}
        startLayout={parseLayout(jar.get(LAYOUT_COOKIE)?.value)}
        start={{ reading, tasks }}
        before={<Before words={words} lessons={undone(card, courses)} />}
      />
    </FiguresProvider>
  );
}

/** Problems only in development, where the author reads them in the lesson's place. */
type Loaded = { lesson: Lesson | { problems: string }; words: PageWords };

async function hasMachine({ course, lesson }: LessonKey): Promise<boolean> {
  const own = await getSandboxes();
  return own.some((sandbox) => sandbox.lesson?.course === course && sandbox.lesson.lesson === lesson);
}

async function load(params: LessonPageProps['params']): Promise<Loaded> {
  const words = await pageWords(params);
  const { course, lesson } = await params;
  try {
    return { lesson: await getLesson(course, lesson, words.locale), words };
  } catch (error) {
    // A name that cannot be a lesson's is as unknown as one that is none.
    if (error instanceof ApiError && ['not_found', 'bad_request'].includes(error.code)) notFound();
    if (error instanceof ApiError && error.code === 'lesson_broken')
      return { lesson: { problems: error.message }, words };
    throw error;
  }
}
