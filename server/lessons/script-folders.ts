/** The scripts of a lesson: a proof for each step, wrong attempts with what must answer them, and what sets machines up. */
import { basename, dirname, join } from 'node:path';
import type { LessonDefinition } from './contract.ts';
import type { LessonFolder } from './folder.ts';
import type { Problems } from './problem.ts';
import { readScript, type Script } from './proof.ts';
import type { LessonSource } from './schema.ts';

export function readProofs(
  { folder, shown: below }: { folder: LessonFolder; shown: string },
  { steps, machines: nodes }: Pick<LessonSource, 'steps' | 'machines'>,
  problems: Problems,
) {
  const shown = join(below, 'proof');
  const machines = nodes.map(({ name }) => name);
  const allTasks = steps.flatMap((step) => step.tasks.map((task) => task.id));
  const scripts = new Map<string, Script>();
  const found = scriptsIn(folder, 'proof');
  for (const step of steps) {
    const text = found.get(step.id);
    const tasks = step.tasks.map((task) => task.id);
    if (text !== undefined)
      scripts.set(
        step.id,
        readScript({ file: join(shown, `${step.id}.sh`), text, tasks, machines }, problems),
      );
    else if (tasks.length > 0)
      problems.add(join(shown, `${step.id}.sh`), 1, 'is missing; it holds the commands that solve the step');
  }
  for (const name of found.keys())
    if (!steps.some((step) => step.id === name))
      problems.add(
        join(shown, `${name}.sh`),
        1,
        `belongs to no step; the steps are: ${steps.map((step) => step.id).join(', ')}`,
      );

  const wrong: LessonDefinition['wrong'] = [];
  for (const [name, text] of scriptsIn(folder, 'proof/wrong')) {
    const file = join(shown, 'wrong', `${name}.sh`);
    const task = name.split('.')[0]!;
    const script = readScript({ file, text, tasks: allTasks, machines }, problems);
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

/** What root runs on a machine before the learner comes, by the machine's name. */
export function readSetups(
  { folder, shown, machines }: { folder: LessonFolder; shown: string; machines: readonly string[] },
  problems: Problems,
): Map<string, string> {
  const setups = scriptsIn(folder, 'setup');
  for (const name of setups.keys())
    if (!machines.includes(name))
      problems.add(
        join(shown, 'setup', `${name}.sh`),
        1,
        `is for ${name}, which lesson.yaml does not have; its machines are: ${machines.join(', ')}`,
      );
  return setups;
}

/** `*.sh` of a folder by name without the ending. */
function scriptsIn(folder: LessonFolder, below: string): Map<string, string> {
  const scripts = new Map<string, string>();
  for (const [path, text] of folder.texts)
    if (dirname(path) === below) scripts.set(basename(path, '.sh'), text);
  return scripts;
}
