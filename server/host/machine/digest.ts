/** Names what we build after what it is built from: equal inputs, equal name. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** sha256, as hex, over names, modes and contents of these folders and over the other inputs. */
export async function digestOf(folders: readonly string[], inputs: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(`${input.length}:${input}`);
  for (const folder of folders) {
    for (const name of await listFiles(folder)) {
      const path = join(folder, name);
      const content = await readFile(path);
      const executable = ((await stat(path)).mode & 0o100) !== 0;
      hash.update(`${name}\0${executable}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).toSorted();
}
