/** Loads a content directory whole, or refuses it with everything that is wrong in it. */
import { join, relative } from 'node:path';
import { readdir } from 'node:fs/promises';
import { LOCALES, slugSchema, type LessonKey, type Locale } from '../protocol/ids.ts';
import type { Course, Lesson, LessonProgress } from '../protocol/lesson.ts';
import type { BrokenLesson, Lessons } from './contract.ts';
import { numberedFolders, readIfThere } from './folder.ts';
import { loadLesson, type BuiltLesson, type LoadedLesson } from './lesson.ts';
import { LessonError, Problems, type Problem } from './problem.ts';
import {
  courseSourceSchema,
  glossarySourceSchema,
  type CourseSource,
  type GlossarySource,
} from './schema.ts';
import { SAMPLE_SEED } from './vars.ts';
import { readYaml } from './yaml.ts';

type LoadedCourse = { id: string; source: CourseSource; lessons: LoadedLesson[]; broken: BrokenLesson[] };

const UNTOUCHED: LessonProgress = {
  step: null,
  stepNumber: null,
  tasksPassed: 0,
  finishedAt: null,
  lastOpenedAt: null,
};

/** What a directory holds: the sound lessons, and everything that is wrong with the others. */
export type Content = { lessons: Lessons; problems: readonly Problem[] };

/** Rejects with LessonError, whose problems name files as one would open them from here. */
export async function loadLessons(directory: string): Promise<Lessons> {
  const { lessons, problems } = await readContent(directory);
  if (problems.length > 0) throw new LessonError(problems);
  return lessons;
}

/** Leaves out what is broken, lesson by lesson: one author's slip takes nothing from the learners of the others. */
export async function readContent(directory: string): Promise<Content> {
  const problems = new Problems();
  const shown = relative('', directory) || '.';
  const glossary = await loadGlossary(directory, shown, problems);
  const courses: LoadedCourse[] = [];
  for (const id of await courseFolders(directory)) {
    const course = await loadCourse(
      { directory: join(directory, id), shown: join(shown, id), id, glossary },
      problems,
    );
    if (course) courses.push(course);
  }
  if (courses.length === 0) problems.add(shown, 1, 'holds no course; make a folder with a course.yaml');
  checkAfter(courses, problems);
  courses.sort((a, b) => a.source.order - b.source.order || (a.id < b.id ? -1 : 1));
  const broken = courses.flatMap((course) => course.broken);
  return {
    lessons: toLessons(courses),
    problems: [...problems.list, ...broken.flatMap((one) => one.problems)],
  };
}

async function courseFolders(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name);
}

async function loadGlossary(directory: string, shown: string, problems: Problems): Promise<GlossarySource> {
  const text = await readIfThere(join(directory, 'glossary.yaml'));
  if (text === null) return [];
  return readYaml(glossarySourceSchema, { file: join(shown, 'glossary.yaml'), text }, problems)?.value ?? [];
}

async function loadCourse(
  folder: { directory: string; shown: string; id: string; glossary: GlossarySource },
  problems: Problems,
): Promise<LoadedCourse | null> {
  const { directory, shown, id, glossary } = folder;
  const file = join(shown, 'course.yaml');
  const text = await readIfThere(join(directory, 'course.yaml'));
  if (text === null) problems.add(file, 1, 'is missing; it holds title, summary and order');
  const yaml = text === null ? null : readYaml(courseSourceSchema, { file, text }, problems);
  if (!slugSchema.safeParse(id).success)
    problems.add(file, 1, 'lies in a folder with a name that we do not take: small letters, digits, hyphens');
  const lessons: LoadedLesson[] = [];
  const broken: BrokenLesson[] = [];
  const seen = new Set<string>();
  for (const { name, id: lesson } of await numberedFolders(directory)) {
    const here = join(shown, name);
    if (!slugSchema.safeParse(lesson).success)
      problems.add(here, 1, 'has a name that we do not take: 01-small-letters');
    if (seen.has(lesson)) problems.add(here, 1, `is the second lesson called \`${lesson}\`; rename one`);
    seen.add(lesson);
    const key = { course: id, lesson };
    const own = new Problems();
    const loaded = await loadLesson({ directory: join(directory, name), shown: here, key, glossary }, own);
    if (loaded) lessons.push(loaded);
    else broken.push({ key, problems: own.list });
  }
  return yaml ? { id, source: yaml.value, lessons, broken } : null;
}

function checkAfter(courses: readonly LoadedCourse[], problems: Problems): void {
  const known = new Set(
    courses
      .flatMap(({ lessons, broken }) => [...lessons.map(({ sample }) => sample.definition), ...broken])
      .map(({ key }) => keyText(key)),
  );
  for (const { sample, file, afterLine } of courses.flatMap((course) => course.lessons))
    for (const key of sample.source.after) {
      if (key === keyText(sample.definition.key))
        problems.add(file, afterLine, 'after: a lesson cannot come after itself');
      else if (!known.has(key)) problems.add(file, afterLine, `after: there is no lesson \`${key}\``);
    }
}

function toLessons(courses: readonly LoadedCourse[]): Lessons {
  const all = courses.flatMap((course) => course.lessons.map((lesson) => ({ course, lesson })));
  const byKey = new Map(
    all.map((one, index) => [keyText(one.lesson.sample.definition.key), { ...one, index }]),
  );
  const pages = new Map<string, Lesson>();
  const pageOf = (key: LessonKey, locale: Locale, seed: string | null): Lesson | null => {
    const found = byKey.get(keyText(key));
    if (!found) return null;
    const { course, lesson, index } = found;
    const own = lesson.varies ? seed : null;
    const name = `${keyText(key)} ${locale}`;
    const known = own === null ? pages.get(name) : undefined;
    if (known) return known;
    const following = all[index + 1]?.lesson.sample;
    const built = own === null ? lesson.sample : lesson.withSeed(own);
    const page = toPage(
      { course, built, following, seed: own ?? (lesson.varies ? SAMPLE_SEED : null) },
      locale,
    );
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
      const lesson = byKey.get(keyText(key))?.lesson;
      return (seed === null ? lesson?.sample : lesson?.withSeed(seed))?.definition ?? null;
    },
    all: () => all.map(({ lesson }) => lesson.sample.definition),
    broken: () => courses.flatMap((course) => course.broken),
    onChange: () => () => {},
  };
}

type PageParts = {
  course: LoadedCourse;
  built: BuiltLesson;
  following: BuiltLesson | undefined;
  seed: string | null;
};

function toPage({ course, built, following, seed }: PageParts, locale: Locale): Lesson {
  const { source, definition, steps } = built;
  return {
    key: definition.key,
    courseTitle: course.source.title[locale],
    title: source.title[locale],
    summary: source.summary[locale],
    minutes: source.minutes,
    machines: source.machines.map(({ name }) => ({ name })),
    terminals: toTerminals(source.layout.terminals),
    steps: steps[locale],
    next: following ? { key: following.definition.key, title: following.source.title[locale] } : null,
    seed,
  };
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
    lessons: course.lessons.map(({ sample: { source, definition, steps } }) => ({
      key: definition.key,
      title: source.title[locale],
      summary: source.summary[locale],
      minutes: source.minutes,
      steps: source.steps.length,
      stepTitles: steps[locale].map((step) => step.title),
      tasks: definition.tasks.length,
      progress: UNTOUCHED,
    })),
  };
}

const keyText = (key: LessonKey) => `${key.course}/${key.lesson}`;
