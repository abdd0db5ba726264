/** Reads what lies on disk for one lesson, bounded; nothing here knows what a lesson means. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problems } from './problem.ts';

export type LaidFile = { path: string; content: Buffer; executable: boolean };

/** A lesson's folder in memory. Paths are relative to it. */
export type LessonFolder = {
  /** lesson.yaml, its texts and its scripts (`proof/serve.sh`). */
  texts: ReadonlyMap<string, string>;
  /** All that lies below files/, with paths from there. */
  files: readonly LaidFile[];
};

const MAX_FILES = 200;
const MAX_FILE_BYTES = 1024 * 1024;
const FILES = 'files/';
/** Where scripts may lie. */
const SCRIPT = /^(proof|proof\/wrong|setup)\/[^/]+\.sh$/;
const TEXT = /^lesson\.(yaml|en\.md|zh\.md)$/;

/** Names of the folders like `01-hello-docker`, in order; `id` is the name without its number. */
export async function numberedFolders(directory: string): Promise<{ name: string; id: string }[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && /^\d{2}-/.test(entry.name))
    .map((entry) => ({ name: entry.name, id: entry.name.slice(3) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export async function readFolder(
  { directory, shown }: { directory: string; shown: string },
  problems: Problems,
): Promise<LessonFolder> {
  const texts = new Map<string, string>();
  const files: LaidFile[] = [];
  for await (const path of pathsBelow(directory)) {
    const isLaid = path.startsWith(FILES);
    if (!isLaid && !SCRIPT.test(path) && !TEXT.test(path)) continue;
    const { size, mode } = await stat(join(directory, path));
    if (size > MAX_FILE_BYTES) problems.add(join(shown, path), 1, `is over ${MAX_FILE_BYTES} bytes`);
    else if (!isLaid) texts.set(path, await readFile(join(directory, path), 'utf8'));
    else if (files.length === MAX_FILES)
      problems.add(join(shown, path), 1, `is one too many; at most ${MAX_FILES} files`);
    else {
      const content = await readFile(join(directory, path));
      files.push({ path: path.slice(FILES.length), content, executable: (mode & 0o100) !== 0 });
    }
    if (problems.list.length > MAX_FILES) break;
  }
  return { texts, files };
}

/** Null where there is no such file. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Files in order of their names, folder by folder; a symbolic link counts as what it points at. */
export async function* pathsBelow(directory: string, below = ''): AsyncGenerator<string> {
  for (const name of (await readdir(join(directory, below))).toSorted()) {
    const path = join(below, name);
    if ((await stat(join(directory, path))).isDirectory()) yield* pathsBelow(directory, path);
    else yield path;
  }
}
