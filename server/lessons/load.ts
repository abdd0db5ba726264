/** Loads a content directory whole, or refuses it with everything that is wrong in it. */
import { join, relative } from 'node:path';
import { readdir } from 'node:fs/promises';
import { LOCALES, slugSchema, type LessonKey, type Locale } from '../protocol/ids.ts';
import type { Course, Lesson, LessonProgress } from '../protocol/lesson.ts';
import type { Lessons } from './contract.ts';
import { numberedFolders, readIfThere, readText } from './folder.ts';
import { loadLesson, type LoadedLesson } from './lesson.ts';
import { Problems } from './problem.ts';
import {
  courseSourceSchema,
  glossarySourceSchema,
  type CourseSource,
  type GlossarySource,
} from './schema.ts';
import { readYaml } from './yaml.ts';

type LoadedCourse = { id: string; source: CourseSource; lessons: LoadedLesson[] };

const UNTOUCHED: LessonProgress = {
  step: null,
  stepNumber: null,
  tasksPassed: 0,
  finishedAt: null,
  lastOpenedAt: null,
};

/** Rejects with LessonError, whose problems name files as one would open them from here. */
export async function loadLessons(directory: string): Promise<Lessons> {
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
  problems.throwIfAny();
  courses.sort((a, b) => a.source.order - b.source.order || (a.id < b.id ? -1 : 1));
  return toLessons(courses);
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
  const text = await readText(
    { directory, shown, file: 'course.yaml', purpose: 'title, summary and order' },
    problems,
  );
  const yaml = text === null ? null : readYaml(courseSourceSchema, { file, text }, problems);
  if (!slugSchema.safeParse(id).success)
    problems.add(file, 1, 'lies in a folder with a name that we do not take: small letters, digits, hyphens');
  const lessons: LoadedLesson[] = [];
  const seen = new Set<string>();
  for (const { name, id: lesson } of await numberedFolders(directory)) {
    const here = join(shown, name);
    if (!slugSchema.safeParse(lesson).success)
      problems.add(here, 1, 'has a name that we do not take: 01-small-letters');
    if (seen.has(lesson)) problems.add(here, 1, `is the second lesson called \`${lesson}\`; rename one`);
    seen.add(lesson);
    const loaded = await loadLesson(
      { directory: join(directory, name), shown: here, key: { course: id, lesson }, glossary },
      problems,
    );
    if (loaded) lessons.push(loaded);
  }
  return yaml ? { id, source: yaml.value, lessons } : null;
}

function checkAfter(courses: readonly LoadedCourse[], problems: Problems): void {
  const known = new Set(
    courses.flatMap((course) => course.lessons.map((lesson) => keyText(lesson.definition.key))),
  );
  for (const { source, file, afterLine, definition } of courses.flatMap((course) => course.lessons))
    for (const key of source.after) {
      if (key === keyText(definition.key))
        problems.add(file, afterLine, 'after: a lesson cannot come after itself');
      else if (!known.has(key)) problems.add(file, afterLine, `after: there is no lesson \`${key}\``);
    }
}

function toLessons(courses: readonly LoadedCourse[]): Lessons {
  const loaded = courses.flatMap((course) => course.lessons);
  const definitions = new Map(loaded.map((lesson) => [keyText(lesson.definition.key), lesson.definition]));
  const pages = Object.fromEntries(LOCALES.map((locale) => [locale, toPages(courses, locale)])) as Record<
    Locale,
    Map<string, Lesson>
  >;
  const lists = Object.fromEntries(
    LOCALES.map((locale) => [locale, courses.map((course) => toCourse(course, locale))]),
  ) as Record<Locale, Course[]>;
  return {
    courses: (locale) => lists[locale],
    page: (key, locale) => pages[locale].get(keyText(key)) ?? null,
    definition: (key) => definitions.get(keyText(key)) ?? null,
    all: () => loaded.map((lesson) => lesson.definition),
  };
}

function toPages(courses: readonly LoadedCourse[], locale: Locale): Map<string, Lesson> {
  const pages = courses.flatMap((course) =>
    course.lessons.map(({ source, definition, steps }): Lesson => ({
      key: definition.key,
      courseTitle: course.source.title[locale],
      title: source.title[locale],
      summary: source.summary[locale],
      minutes: source.minutes,
      machines: source.machines.map(({ name }) => ({ name })),
      terminals: toTerminals(source.layout.terminals),
      steps: steps[locale],
      next: null,
    })),
  );
  return new Map(
    pages.map((page, index) => {
      const following = pages[index + 1];
      return [
        keyText(page.key),
        { ...page, next: following ? { key: following.key, title: following.title } : null },
      ];
    }),
  );
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
    lessons: course.lessons.map(({ source, definition, steps }) => ({
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
