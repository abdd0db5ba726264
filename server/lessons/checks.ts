/** What must hold between a lesson's truth and its texts: every step and task in both, each in its place. */
import { machineNameSchema } from '../protocol/ids.ts';
import { answerOf } from './expectation.ts';
import { runnable, type LessonText } from './markdown.ts';
import type { Problems } from './problem.ts';
import type { LessonSource } from './schema.ts';
import type { YamlFile } from './yaml.ts';

export function checkSource(
  { yaml, file }: { yaml: YamlFile<LessonSource>; file: string },
  problems: Problems,
): void {
  const { value: source, lineOf } = yaml;
  const twice = (ids: string[], what: string, path: (index: number) => PropertyKey[]) => {
    for (const [index, id] of ids.entries())
      if (ids.indexOf(id) < index)
        problems.add(file, lineOf(path(index)), `${what} \`${id}\` is there twice; rename one`);
  };
  twice(
    source.machines.map((machine) => machine.name),
    'machine',
    (index) => ['machines', index, 'name'],
  );
  twice(
    source.steps.map((step) => step.id),
    'step',
    (index) => ['steps', index, 'id'],
  );
  const tasks = source.steps.flatMap((step, s) =>
    step.tasks.map((task, t) => ({ task, path: ['steps', s, 'tasks', t] })),
  );
  twice(
    tasks.map(({ task }) => task.id),
    'task',
    (index) => [...tasks[index]!.path, 'id'],
  );
  for (const { task, path } of tasks) {
    const asks = JSON.stringify(task.expect).includes('"answer":');
    if (asks && !answerOf(task.expect))
      problems.add(
        file,
        lineOf([...path, 'expect']),
        'a question stands alone; give the other expectations a task of their own',
      );
    if (asks && task.hold)
      problems.add(file, lineOf([...path, 'hold']), 'a question cannot be held; remove hold');
  }
  for (const [index, { name, kind, images }] of source.machines.entries())
    if (kind === 'bare' && images.length > 0)
      problems.add(
        file,
        lineOf(['machines', index, 'images']),
        `${name} is bare: no engine could hold its images; leave them out`,
      );
  const machines = source.machines.map((machine) => machine.name);
  for (const { task, path } of tasks)
    for (const name of machinesIn(task.expect))
      if (!machines.includes(name))
        problems.add(
          file,
          lineOf([...path, 'expect']),
          `${name} is no machine here; it must be one of: ${machines.join(', ')}`,
        );
  for (const [index, name] of (source.layout?.terminals ?? []).entries())
    if (!machines.includes(name))
      problems.add(
        file,
        lineOf(['layout', 'terminals', index]),
        `${name} is no machine here; it must be one of: ${machines.join(', ')}`,
      );
}

/** Every machine that an expectation looks at, at any depth. */
function machinesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) =>
    field === 'machine' && isMachineName(inner) ? [inner] : machinesIn(inner),
  );
}

/** A label may be called `machine` as well. */
const isMachineName = (value: unknown): value is string => machineNameSchema.safeParse(value).success;

export function checkText(
  { text, file, source }: { text: LessonText; file: string; source: LessonSource },
  problems: Problems,
): void {
  const wanted = source.steps.map((step) => step.id);
  const found = text.steps.map((step) => step.id);
  for (const step of text.steps)
    if (!wanted.includes(step.id))
      problems.add(
        file,
        step.line,
        `step \`${step.id}\` is not in lesson.yaml; its steps are: ${wanted.join(', ')}`,
      );
  for (const id of wanted)
    if (!found.includes(id)) problems.add(file, 1, `step \`${id}\` is missing; add ## Title {#${id}}`);
  if (
    wanted.length === found.length &&
    wanted.every((id) => found.includes(id)) &&
    wanted.join() !== found.join()
  )
    problems.add(file, 1, `has its steps in another order than lesson.yaml: ${wanted.join(', ')}`);

  const machines = ['focused', ...source.machines.map(({ name }) => name)];
  for (const step of text.steps)
    for (const { run } of runnable(step.blocks))
      if (!machines.includes(run))
        problems.add(file, step.line, `step \`${step.id}\` uses ${run}, which lesson.yaml does not have`);

  const tasks = source.steps.flatMap((step) => step.tasks.map((task) => ({ ...task, step: step.id })));
  for (const { kind, id, step, line } of text.placements) {
    const task = tasks.find((task) => task.id === id);
    const right = task && answerOf(task.expect) ? 'quiz' : 'task';
    if (!task)
      problems.add(
        file,
        line,
        `task \`${id}\` is not in lesson.yaml; its tasks are: ${tasks.map((task) => task.id).join(', ') || 'none'}`,
      );
    else if (task.step !== step)
      problems.add(file, line, `task \`${id}\` belongs to step \`${task.step}\`; move it there`);
    else if (kind !== right)
      problems.add(file, line, `write ::${right}{id=${id}}: questions are ::quiz, all others ::task`);
  }
  for (const { id, step } of tasks) {
    const places = text.placements.filter((placement) => placement.id === id);
    if (places.length === 0)
      problems.add(file, 1, `task \`${id}\` is nowhere; place ::task{id=${id}} in step \`${step}\``);
    if (places.length > 1) problems.add(file, places[1]!.line, `task \`${id}\` is placed twice; keep one`);
  }
}

export function checkSameCommands(
  { en, zh, file }: { en: LessonText; zh: LessonText; file: string },
  problems: Problems,
): void {
  for (const step of zh.steps) {
    const english = en.steps.find((other) => other.id === step.id);
    const commands = (other: LessonText['steps'][number]) =>
      runnable(other.blocks).map(({ run, text }) => `${run}: ${text}`);
    if (english && commands(english).join('\n') !== commands(step).join('\n'))
      problems.add(
        file,
        step.line,
        `step \`${step.id}\` does not run the same commands as the English text; make them the same`,
      );
  }
}
