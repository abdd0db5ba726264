/** Reads what lies on disk for one lesson, bounded; nothing here knows what a lesson means. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { machineNameSchema } from '../protocol/ids.ts';
import type { LessonPlan } from './contract.ts';
import type { Problems } from './problem.ts';

type PlanFile = LessonPlan['machines'][number]['files'][number];

const MAX_FILES = 200;
const MAX_FILE_BYTES = 1024 * 1024;

/** Names of the folders like `01-hello-docker`, in order; `id` is the name without its number. */
export async function numberedFolders(directory: string): Promise<{ name: string; id: string }[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && /^\d{2}-/.test(entry.name))
    .map((entry) => ({ name: entry.name, id: entry.name.slice(3) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Null, and a problem that says what belongs there, when the file is missing. */
export async function readText(
  source: { directory: string; file: string; shown: string; purpose: string },
  problems: Problems,
): Promise<string | null> {
  const text = await readIfThere(join(source.directory, source.file));
  if (text === null)
    problems.add(join(source.shown, source.file), 1, `is missing; it holds ${source.purpose}`);
  return text;
}

export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** `*.sh` of a folder by name without the ending; none when there is no such folder. */
export async function readScripts(directory: string): Promise<Map<string, string>> {
  const scripts = new Map<string, string>();
  for (const name of (await namesIn(directory)).filter((name) => name.endsWith('.sh')))
    scripts.set(name.slice(0, -3), await readFile(join(directory, name), 'utf8'));
  return scripts;
}

/** `files/…` goes to node1, `files/node2/…` to node2. */
export async function readPlanFiles(
  source: { directory: string; shown: string; machines: readonly string[] },
  problems: Problems,
): Promise<Map<string, PlanFile[]>> {
  const byMachine = new Map<string, PlanFile[]>(source.machines.map((machine) => [machine, []]));
  let count = 0;
  const walk = async (below: string, machine: string, path: string): Promise<void> => {
    for (const name of await namesIn(join(source.directory, below))) {
      const from = join(below, name);
      const shown = join(source.shown, 'files', from);
      const info = await stat(join(source.directory, from));
      const other = below === '' && machineNameSchema.safeParse(name).success && info.isDirectory();
      if (other && !byMachine.has(name))
        problems.add(shown, 1, `is for ${name}, which lesson.yaml does not have`);
      if (info.isDirectory()) await walk(from, other ? name : machine, other ? '' : join(path, name));
      else if (++count > MAX_FILES)
        return problems.add(shown, 1, `is one too many; at most ${MAX_FILES} files`);
      else if (info.size > MAX_FILE_BYTES) problems.add(shown, 1, `is over ${MAX_FILE_BYTES} bytes`);
      else {
        const content = await readFile(join(source.directory, from));
        byMachine
          .get(machine)
          ?.push({ path: join(path, name), content, executable: (info.mode & 0o100) !== 0 });
      }
    }
  };
  await walk('', 'node1', '');
  return byMachine;
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
