/** Reads content directories: all of them whole, or whatever in them is sound. */
import { join, relative } from 'node:path';
import { readdir } from 'node:fs/promises';
import { slugSchema } from '../protocol/ids.ts';
import { keyText, toLessons, type LoadedCourse } from './assemble.ts';
import type { BrokenLesson, Lessons } from './contract.ts';
import { numberedFolders, readIfThere } from './folder.ts';
import { loadLesson, type LoadedLesson } from './lesson.ts';
import { LessonError, Problems, type Problem } from './problem.ts';
import { courseSourceSchema, glossarySourceSchema, type GlossarySource } from './schema.ts';
import { readYaml } from './yaml.ts';

/** What the directories hold: the courses with their sound lessons, and everything that is wrong with the others. Data only. */
export type Content = { courses: LoadedCourse[]; problems: readonly Problem[] };

/** Rejects with LessonError, whose problems name files as one would open them from here. */
export async function loadLessons(...directories: string[]): Promise<Lessons> {
  const { courses, problems } = await readContent(directories);
  if (problems.length > 0) throw new LessonError(problems);
  return toLessons(courses);
}

/** Leaves out what is broken, lesson by lesson: one author's slip takes nothing from the learners of the others. */
export async function readContent(directories: readonly string[]): Promise<Content> {
  const problems = new Problems();
  const courses: LoadedCourse[] = [];
  for (const directory of directories) {
    const shown = relative('', directory) || '.';
    const glossary = await loadGlossary(directory, shown, problems);
    for (const id of await courseFolders(directory)) {
      const place = { directory: join(directory, id), shown: join(shown, id), id, glossary };
      const course = await loadCourse(place, problems);
      if (course && courses.some((other) => other.id === id))
        problems.add(join(shown, id), 1, `is the second course called \`${id}\`; rename one`);
      else if (course) courses.push(course);
    }
  }
  if (courses.length === 0)
    problems.add(directories.join(', '), 1, 'holds no course; make a folder with a course.yaml');
  checkAfter(courses, problems);
  courses.sort((a, b) => a.source.order - b.source.order || (a.id < b.id ? -1 : 1));
  const broken = courses.flatMap((course) => course.broken);
  return { courses, problems: [...problems.list, ...broken.flatMap((one) => one.problems)] };
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
  const scored = yaml?.value.scored ?? false;
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
    const loaded = await loadLesson(
      { directory: join(directory, name), shown: here, key, glossary, scored },
      own,
    );
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
