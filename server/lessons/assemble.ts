/** Makes of loaded lessons what the house asks for: courses, pages in each language, definitions. */
import { LOCALES, type LessonKey, type Locale } from '../protocol/ids.ts';
import type { Course, Lesson, LessonLink, LessonProgress } from '../protocol/lesson.ts';
import type { BrokenLesson, Lessons } from './contract.ts';
import { LearnersValues } from './learners-values.ts';
import type { BuiltLesson, LoadedLesson } from './lesson.ts';
import type { CourseSource } from './schema.ts';
import { SAMPLE_SEED } from './vars.ts';

export type LoadedCourse = {
  id: string;
  source: CourseSource;
  lessons: LoadedLesson[];
  broken: BrokenLesson[];
};

const UNTOUCHED: LessonProgress = {
  step: null,
  stepNumber: null,
  tasksPassed: 0,
  points: null,
  finishedAt: null,
  lastOpenedAt: null,
};

export function toLessons(courses: readonly LoadedCourse[]): Lessons {
  const all = courses.flatMap((course) => course.lessons.map((lesson) => ({ course, lesson })));
  const byKey = new Map(
    all.map((one, index) => [
      keyText(one.lesson.sample.definition.key),
      { ...one, index, values: new LearnersValues(one.lesson) },
    ]),
  );
  const pages = new Map<string, Lesson>();
  const pageOf = (key: LessonKey, locale: Locale, seed: string | null): Lesson | null => {
    const found = byKey.get(keyText(key));
    if (!found) return null;
    const { course, lesson, index, values } = found;
    const own = values.differ ? seed : null;
    const name = `${keyText(key)} ${locale}`;
    const known = own === null ? pages.get(name) : undefined;
    if (known) return known;
    const around = { previous: all[index - 1]?.lesson.sample, next: all[index + 1]?.lesson.sample };
    const built = own === null ? lesson.sample : values.build(own);
    const page = toPage({ course, built, around, seed: own ?? (values.differ ? SAMPLE_SEED : null) }, locale);
    if (own === null) pages.set(name, page);
    return page;
  };
  const lists = Object.fromEntries(
    LOCALES.map((locale) => [locale, courses.map((course) => toCourse(course, locale))]),
  ) as Record<Locale, Course[]>;
  return {
    courses: (locale) => lists[locale],
    page: (key, locale, seed = null) => pageOf(key, locale, seed),
    definition(key, seed = null) {
      const found = byKey.get(keyText(key));
      return (seed === null ? found?.lesson.sample : found?.values.build(seed))?.definition ?? null;
    },
    all: () => all.map(({ lesson }) => lesson.sample.definition),
    broken: () => courses.flatMap((course) => course.broken),
    onChange: () => () => {},
  };
}

type PageParts = {
  course: LoadedCourse;
  built: BuiltLesson;
  around: Record<'previous' | 'next', BuiltLesson | undefined>;
  seed: string | null;
};

function toPage({ course, built, around, seed }: PageParts, locale: Locale): Lesson {
  const { source, definition, steps } = built;
  return {
    key: definition.key,
    courseTitle: course.source.title[locale],
    title: source.title[locale],
    summary: source.summary[locale],
    minutes: source.minutes,
    machines: source.machines.map(({ name }) => ({ name })),
    terminals: toTerminals(source.layout?.terminals ?? source.machines.map(({ name }) => name)),
    steps: steps[locale],
    previous: toLink(around.previous, locale),
    next: toLink(around.next, locale),
    seed,
  };
}

function toLink(lesson: BuiltLesson | undefined, locale: Locale): LessonLink | null {
  return lesson ? { key: lesson.definition.key, title: lesson.source.title[locale] } : null;
}

/** Terminals of a machine are numbered from 1. */
function toTerminals(machines: readonly string[]): Lesson['terminals'] {
  return machines.map((machine, index) => ({
    machine,
    name: String(machines.slice(0, index + 1).filter((other) => other === machine).length),
  }));
}

function toCourse(course: LoadedCourse, locale: Locale): Course {
  return {
    id: course.id,
    title: course.source.title[locale],
    summary: course.source.summary[locale],
    scored: course.source.scored,
    lessons: course.lessons.map(({ sample: { source, definition, steps } }) => ({
      key: definition.key,
      title: source.title[locale],
      summary: source.summary[locale],
      minutes: source.minutes,
      steps: source.steps.length,
      stepTitles: steps[locale].map((step) => step.title),
      tasks: definition.tasks.length,
      after: source.after.map(toKey),
      progress: UNTOUCHED,
    })),
  };
}

function toKey(text: string): LessonKey {
  const [course, lesson] = text.split('/') as [string, string];
  return { course, lesson };
}

export const keyText = (key: LessonKey) => `${key.course}/${key.lesson}`;
