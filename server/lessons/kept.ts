/**
 * Keeps what was read of the content directories in a file, so that a start need not parse again what has not changed: with
 * a few dozen lessons that is most of its time. Whatever is wrong with the file, the content is read anew.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Log } from '../lib/log.ts';
import { pathsBelow } from './folder.ts';
import { readContent, type Content } from './load.ts';

/** What reads and what it makes: of another version nothing that was kept holds. */
const READERS = [import.meta.dirname, join(import.meta.dirname, '../protocol')];
const PACKAGES = join(import.meta.dirname, '../../package-lock.json');

type Kept = { key: string; content: Content };

/** Like `readContent`, and the next call is quick. */
export async function readKeptContent(
  file: string,
  directories: readonly string[],
  log: Log,
): Promise<Content> {
  const key = await keyOf(directories);
  const kept = await readKept(file);
  if (kept?.key === key) return kept.content;
  const content = await readContent(directories);
  await keep(file, { key, content }).catch((error: unknown) =>
    log.warn('what was read of the lessons could not be kept; each start reads them anew', { file, error }),
  );
  return content;
}

async function readKept(file: string): Promise<Kept | null> {
  try {
    return deserialize(await readFile(file)) as Kept;
  } catch {
    // None yet, cut short, or of another Node: the content itself is there.
    return null;
  }
}

async function keep(file: string, kept: Kept): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, serialize(kept), { mode: 0o600 });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Changes with every file that is added, saved, renamed or removed. */
async function keyOf(directories: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(`${process.version} ${await markOf(PACKAGES)}`);
  for (const directory of [...directories, ...READERS]) {
    const paths = await Array.fromAsync(pathsBelow(directory));
    const marks = await Promise.all(paths.map((path) => markOf(join(directory, path))));
    hash.update(JSON.stringify([directory, paths, marks]));
  }
  return hash.digest('hex');
}

/** No program can set the time of a change: two files that bear the same are one. */
async function markOf(path: string): Promise<string> {
  const { dev, ino, size, ctimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, ctimeNs].join(' ');
}
