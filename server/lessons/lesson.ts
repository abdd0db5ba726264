/** Builds one lesson from its folder and checks that truth, texts and proofs belong together. */
import { join } from 'node:path';
import { LOCALES, machineNameSchema, type LessonKey, type Locale } from '../protocol/ids.ts';
import type { LessonStep, TaskInfo } from '../protocol/lesson.ts';
import type { LessonDefinition, TaskDefinition } from './contract.ts';
import { checkSameCommands, checkSource, checkText } from './checks.ts';
import { answerOf } from './expectation.ts';
import { fingerprint } from './fingerprint.ts';
import { readFolder, type LaidFile, type LessonFolder } from './folder.ts';
import { TermMarker } from './glossary.ts';
import { readLessonText, type LessonText } from './markdown.ts';
import type { Problems } from './problem.ts';
import type { Script } from './proof.ts';
import { readProofs, readSetups } from './script-folders.ts';
import { lessonSourceSchema, type GlossarySource, type LessonSource, type TaskSource } from './schema.ts';
import { checkPlaceholders, fillFolder, readVars, SAMPLE_SEED, valuesOf, type Vars } from './vars.ts';
import { readYaml } from './yaml.ts';

/** A lesson with the values that one learner was given; most lessons have none. */
export type BuiltLesson = {
  source: LessonSource;
  definition: LessonDefinition;
  steps: Record<Locale, LessonStep[]>;
};

/** Data only: it is kept on disk between two starts. */
export type LoadedLesson = {
  /** With the sample values. */
  sample: BuiltLesson;
  /** What it was built from, for values of other learners. */
  parts: LessonParts;
  /** Where `after` stands, for who checks that those lessons exist. */
  afterLine: number;
  file: string;
};

export type LessonParts = Place & { folder: LessonFolder; vars: Vars };

type Place = { shown: string; key: LessonKey; glossary: GlossarySource; scored: boolean };

/** Null, and problems, for a lesson that cannot be given. */
export async function loadLesson(
  place: Place & { directory: string },
  problems: Problems,
): Promise<LoadedLesson | null> {
  const folder = await readFolder(place, problems);
  const file = join(place.shown, 'lesson.yaml');
  const vars = readVars({ file, text: folder.texts.get('lesson.yaml') ?? '' }, problems);
  checkPlaceholders({ folder, vars, shown: (path) => join(place.shown, path) }, problems);
  // Without their values the texts would be found wrong in a hundred places.
  if (problems.list.length > 0) return null;
  const { shown, key, glossary, scored } = place;
  const parts = { shown, key, glossary, scored, folder, vars };
  const sample = buildLesson({ ...parts, seed: SAMPLE_SEED }, problems);
  if (!sample || problems.list.length > 0) return null;
  return { sample, parts, afterLine: sample.afterLine, file };
}

type Ingredients = LessonParts & { seed: string };

/** Null, and problems, where it cannot be given with these values. */
export function buildLesson(
  ingredients: Ingredients,
  problems: Problems,
): (BuiltLesson & { afterLine: number }) | null {
  const { shown, key, scored, vars, seed } = ingredients;
  const folder = fillFolder(ingredients.folder, valuesOf(vars, seed));
  const file = join(shown, 'lesson.yaml');
  const yamlText = textOf(
    { folder, shown, name: 'lesson.yaml', purpose: 'machines, steps and tasks' },
    problems,
  );
  const yaml = yamlText === null ? null : readYaml(lessonSourceSchema, { file, text: yamlText }, problems);
  const texts = readTexts({ ...ingredients, filled: folder }, problems);
  if (!yaml || !texts.en || !texts.zh) return null;
  checkSource({ yaml, file }, problems);
  for (const locale of LOCALES)
    checkText(
      { text: texts[locale]!, file: join(shown, `lesson.${locale}.md`), source: yaml.value },
      problems,
    );
  checkSameCommands({ en: texts.en, zh: texts.zh, file: join(shown, 'lesson.zh.md') }, problems);

  const source = yaml.value;
  const proofs = readProofs({ folder, shown }, source, problems);
  const machines = source.machines.map((machine) => machine.name);
  const setups = readSetups({ folder, shown, machines }, problems);
  const files = sortFiles({ files: folder.files, shown: join(shown, 'files'), machines }, problems);
  const definition: LessonDefinition = {
    key,
    scored,
    plan: {
      lesson: key,
      machines: source.machines.map(({ name, kind, images }) => ({
        name,
        ...(kind === 'bare' && { kind }),
        images,
        files: files.get(name) ?? [],
        ...(setups.has(name) && { setup: setups.get(name)! }),
      })),
      ...(source.contexts === false && { contexts: false as const }),
    },
    tasks: source.steps.flatMap((step) =>
      step.tasks.map((task) => toTask(task, step.id, proofs.scripts.get(step.id))),
    ),
    proof: new Map(Array.from(proofs.scripts, ([step, script]) => [step, script.lines])),
    wrong: proofs.wrong,
  };
  const steps = { en: toSteps(source, texts.en, 'en'), zh: toSteps(source, texts.zh, 'zh') };
  return { source, definition, steps, afterLine: yaml.lineOf(['after']) };
}

/** Null, and a problem that says what belongs there, when the file is missing. */
function textOf(
  place: { folder: LessonFolder; shown: string; name: string; purpose: string },
  problems: Problems,
): string | null {
  const text = place.folder.texts.get(place.name) ?? null;
  if (text === null) problems.add(join(place.shown, place.name), 1, `is missing; it holds ${place.purpose}`);
  return text;
}

/** `files/…` goes to node1, `files/node2/…` to node2. */
function sortFiles(
  source: { files: readonly LaidFile[]; shown: string; machines: readonly string[] },
  problems: Problems,
): Map<string, LaidFile[]> {
  const byMachine = new Map<string, LaidFile[]>(source.machines.map((machine) => [machine, []]));
  const strangers = new Set<string>();
  for (const file of source.files) {
    const [first, ...rest] = file.path.split('/');
    const named = rest.length > 0 && machineNameSchema.safeParse(first).success;
    if (named && !byMachine.has(first!)) strangers.add(first!);
    byMachine.get(named ? first! : 'node1')?.push(named ? { ...file, path: rest.join('/') } : file);
  }
  for (const name of strangers)
    problems.add(join(source.shown, name), 1, `is for ${name}, which lesson.yaml does not have`);
  return byMachine;
}

function readTexts(
  { folder, filled, shown, glossary }: Ingredients & { filled: LessonFolder },
  problems: Problems,
): Record<Locale, LessonText | null> {
  const read = (locale: Locale): LessonText | null => {
    const name = `lesson.${locale}.md`;
    const text = textOf({ folder: filled, shown, name, purpose: 'the text of the lesson' }, problems);
    if (text === null) return null;
    const terms = new TermMarker(glossary, locale);
    return readLessonText({ file: join(shown, name), text, terms }, problems);
  };
  const [en, zh] = [read('en'), read('zh')];
  if (en?.english)
    problems.add(join(shown, 'lesson.en.md'), 1, 'is the English text itself; remove its front matter');
  // Of the text as it is written: values of a learner are no change of it.
  const now = fingerprint(folder.texts.get('lesson.en.md') ?? '');
  if (en && zh && zh.english !== now) {
    const what = zh.english
      ? 'the English text has changed since'
      : 'does not say which English text it follows';
    problems.add(
      join(shown, 'lesson.zh.md'),
      1,
      `${what}; bring it in line, then write \`english: ${now}\` between two lines of ---`,
    );
  }
  return { en, zh };
}

function toTask(task: TaskSource, step: string, script: Script | undefined): TaskDefinition {
  // A proof without `# for` sections solves all tasks of its step at once.
  const lines = script?.byTask.get(task.id) ?? (script && script.byTask.size === 0 ? script.lines : []);
  return {
    id: task.id,
    step,
    title: task.title,
    expect: task.expect,
    hints: task.hints,
    hold: task.hold ?? false,
    solution: answerOf(task.expect)
      ? []
      : lines.flatMap((line) => (line.type === 'type' ? [{ machine: line.machine, text: line.text }] : [])),
  };
}

function toSteps(source: LessonSource, text: LessonText, locale: Locale): LessonStep[] {
  return source.steps.map((step) => {
    const written = text.steps.find((candidate) => candidate.id === step.id);
    const tasks = step.tasks.map((task) => toTaskInfo(task, locale));
    return { id: step.id, title: written?.title ?? step.id, blocks: written?.blocks ?? [], tasks };
  });
}

function toTaskInfo(task: TaskSource, locale: Locale): TaskInfo {
  const { id, title, expect } = task;
  const answer = answerOf(expect);
  if (!answer) return { id, title: title[locale], answer: null };
  if ('choice' in answer)
    return {
      id,
      title: title[locale],
      answer: { kind: 'choice', options: answer.choice.map(({ text }) => text[locale]) },
    };
  return { id, title: title[locale], answer: { kind: 'number' in answer ? 'number' : 'text' } };
}
