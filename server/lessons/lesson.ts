/** Builds one lesson from its folder and checks that truth, texts and proofs belong together. */
import { join } from 'node:path';
import { LOCALES, type LessonKey, type Locale } from '../protocol/ids.ts';
import type { LessonStep, TaskInfo } from '../protocol/lesson.ts';
import type { LessonDefinition, TaskDefinition } from './contract.ts';
import { checkSameCommands, checkSource, checkText } from './checks.ts';
import { answerOf } from './expectation.ts';
import { fingerprint } from './fingerprint.ts';
import { readPlanFiles, readScripts, readText } from './folder.ts';
import { TermMarker } from './glossary.ts';
import { readLessonText, type LessonText } from './markdown.ts';
import type { Problems } from './problem.ts';
import { readScript, type Script } from './proof.ts';
import { lessonSourceSchema, type GlossarySource, type LessonSource, type TaskSource } from './schema.ts';
import { readYaml } from './yaml.ts';

export type LoadedLesson = {
  source: LessonSource;
  definition: LessonDefinition;
  steps: Record<Locale, LessonStep[]>;
  /** Where `after` stands, for who checks that those lessons exist. */
  afterLine: number;
  file: string;
};

type Folder = { directory: string; shown: string; key: LessonKey; glossary: GlossarySource };

export async function loadLesson(folder: Folder, problems: Problems): Promise<LoadedLesson | null> {
  const { directory, shown, key } = folder;
  const file = join(shown, 'lesson.yaml');
  const yamlText = await readText(
    { directory, shown, file: 'lesson.yaml', purpose: 'machines, steps and tasks' },
    problems,
  );
  const yaml = yamlText === null ? null : readYaml(lessonSourceSchema, { file, text: yamlText }, problems);
  const texts = await readTexts(folder, problems);
  if (!yaml || !texts.en || !texts.zh) return null;
  checkSource({ yaml, file }, problems);
  for (const locale of LOCALES)
    checkText(
      { text: texts[locale]!, file: join(shown, `lesson.${locale}.md`), source: yaml.value },
      problems,
    );
  checkSameCommands({ en: texts.en, zh: texts.zh, file: join(shown, 'lesson.zh.md') }, problems);

  const source = yaml.value;
  const proofs = await readProofs(folder, source, problems);
  const files = await readPlanFiles(
    { directory: join(directory, 'files'), shown, machines: source.machines.map((machine) => machine.name) },
    problems,
  );
  const definition: LessonDefinition = {
    key,
    plan: {
      lesson: key,
      machines: source.machines.map(({ name, images }) => ({ name, images, files: files.get(name) ?? [] })),
    },
    tasks: source.steps.flatMap((step) =>
      step.tasks.map((task) => toTask(task, step.id, proofs.scripts.get(step.id))),
    ),
    proof: new Map(Array.from(proofs.scripts, ([step, script]) => [step, script.lines])),
    wrong: proofs.wrong,
  };
  const steps = { en: toSteps(source, texts.en, 'en'), zh: toSteps(source, texts.zh, 'zh') };
  return { source, definition, steps, afterLine: yaml.lineOf(['after']), file };
}

async function readTexts(folder: Folder, problems: Problems): Promise<Record<Locale, LessonText | null>> {
  const read = async (locale: Locale) => {
    const file = `lesson.${locale}.md`;
    const text = await readText(
      { directory: folder.directory, shown: folder.shown, file, purpose: 'the text of the lesson' },
      problems,
    );
    if (text === null) return null;
    const terms = new TermMarker(folder.glossary, locale);
    return { raw: text, parsed: readLessonText({ file: join(folder.shown, file), text, terms }, problems) };
  };
  const [en, zh] = [await read('en'), await read('zh')];
  if (en?.parsed.english)
    problems.add(
      join(folder.shown, 'lesson.en.md'),
      1,
      'is the English text itself; remove its front matter',
    );
  if (en && zh && zh.parsed.english !== fingerprint(en.raw)) {
    const now = `english: ${fingerprint(en.raw)}`;
    const what = zh.parsed.english
      ? 'the English text has changed since'
      : 'does not say which English text it follows';
    problems.add(
      join(folder.shown, 'lesson.zh.md'),
      1,
      `${what}; bring it in line, then write \`${now}\` between two lines of ---`,
    );
  }
  return { en: en?.parsed ?? null, zh: zh?.parsed ?? null };
}

async function readProofs(folder: Folder, source: LessonSource, problems: Problems) {
  const shown = join(folder.shown, 'proof');
  const allTasks = source.steps.flatMap((step) => step.tasks.map((task) => task.id));
  const scripts = new Map<string, Script>();
  const found = await readScripts(join(folder.directory, 'proof'));
  for (const step of source.steps) {
    const text = found.get(step.id);
    const tasks = step.tasks.map((task) => task.id);
    if (text !== undefined)
      scripts.set(step.id, readScript({ file: join(shown, `${step.id}.sh`), text, tasks }, problems));
    else if (tasks.length > 0)
      problems.add(join(shown, `${step.id}.sh`), 1, 'is missing; it holds the commands that solve the step');
  }
  for (const name of found.keys())
    if (!source.steps.some((step) => step.id === name))
      problems.add(
        join(shown, `${name}.sh`),
        1,
        `belongs to no step; the steps are: ${source.steps.map((step) => step.id).join(', ')}`,
      );

  const wrong: LessonDefinition['wrong'] = [];
  for (const [name, text] of await readScripts(join(folder.directory, 'proof/wrong'))) {
    const file = join(shown, 'wrong', `${name}.sh`);
    const task = name.split('.')[0]!;
    const script = readScript({ file, text, tasks: allTasks }, problems);
    const answer = /^answer: (.+)$/.exec(script.comments[0] ?? '')?.[1];
    if (!allTasks.includes(task))
      problems.add(
        file,
        1,
        `is for task \`${task}\`, which lesson.yaml does not have; name it <task>.<case>.sh`,
      );
    if (!answer)
      problems.add(
        file,
        1,
        'must begin with # answer: and the field or words that tell the learner what is wrong',
      );
    else wrong.push({ task, name, answer: answer.trim(), lines: script.lines });
  }
  return { scripts, wrong };
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
    solution: answerOf(task.expect) ? [] : lines.flatMap((line) => (line.type === 'type' ? [line.text] : [])),
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
