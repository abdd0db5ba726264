/** Builds the catalog once per content of this folder, and finds it again at every later start. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { withLock } from '../lock.ts';
import { COMPILER } from '../machine/compile.ts';
import { must } from '../run.ts';
import { readIndex, writeIndex, type CatalogImage, type CatalogIndex } from './catalog-index.ts';
import { RELEASE } from './debian-archive.ts';
import { DEFINITIONS, type ImageDefinition } from './definitions.ts';
import { repositoryOf } from './tags.ts';
import { Workshop } from './workshop.ts';

export type CatalogProgress = (progress: { done: number; total: number; image: string }) => void;

export type Catalog = {
  /** Root directory for docker-registry's filesystem driver. */
  registryDirectory: string;
  /** Changes when any image does. */
  digest: string;
  images: readonly CatalogImage[];
};

/**
 * All of the catalog, or what `references` name (`nginx`, `library/nginx:1.26`) with what they stand on. Resolves at
 * once when it lies in `directory` already. Interrupted, it leaves nothing that a later build would take for finished.
 * Rejects with a SetUpError.
 */
export async function buildCatalog(options: {
  directory: string;
  references?: readonly string[];
  progress?: CatalogProgress;
}): Promise<Catalog> {
  const definitions = chooseDefinitions(options.references);
  const name = `catalog-${await inputsHash(definitions)}`;
  const registryDirectory = join(options.directory, name);
  const ready = await readIndex(registryDirectory);
  if (ready) return { registryDirectory, ...ready };
  await mkdir(options.directory, { recursive: true });
  return withLock(registryDirectory, async () => {
    // Another instance may have built it while we waited for the lock.
    const made = await readIndex(registryDirectory);
    if (made) return { registryDirectory, ...made };
    // A build under way in the same place can only be one that was cut off: we hold the lock.
    const building = join(options.directory, `${name}.building`);
    await removeTree(building);
    try {
      const output = join(building, 'registry');
      const workshop = { work: join(building, 'work'), output };
      const index = await buildImages(definitions, { ...workshop, progress: options.progress });
      // The registry runs as nobody; a strict umask of ours must not lock it out.
      await must('chmod', ['-R', 'a+rX', output]);
      await removeTree(registryDirectory);
      await rename(output, registryDirectory);
      return { registryDirectory, ...index };
    } finally {
      await removeTree(building);
    }
  });
}

async function buildImages(
  definitions: readonly ImageDefinition[],
  options: { work: string; output: string; progress?: CatalogProgress | undefined },
): Promise<CatalogIndex> {
  const total = definitions.length;
  let done = 0;
  options.progress?.({ done, total, image: 'a minimal Debian' });
  const workshop = await Workshop.open(options.work, options.output);
  const results = await Promise.allSettled(
    definitions.map(async (definition) => {
      const image = await workshop.build(definition);
      done += 1;
      options.progress?.({ done, total, image: definition.repository });
      return image;
    }),
  );
  // Only now, as the others would go on writing below a directory that is being removed.
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  const images = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return writeIndex(options.output, images);
}

/** Tries for a while: what a killed build had started may still be writing there as it dies. */
function removeTree(directory: string): Promise<void> {
  return rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function chooseDefinitions(references?: readonly string[]): readonly ImageDefinition[] {
  if (!references) return DEFINITIONS;
  const wanted = new Set(references.map(repositoryOf));
  const chosen = DEFINITIONS.filter(({ repository }) => wanted.has(repository));
  for (const { repository } of chosen) wanted.delete(repository);
  if (wanted.size > 0) throw new Error(`invariant: the catalog has no ${[...wanted].join(', ')}`);
  return chosen;
}

/** Over all that decides what is built, the builder included: only tests of it change nothing. */
async function inputsHash(definitions: readonly ImageDefinition[]): Promise<string> {
  const hash = createHash('sha256');
  const chosen = definitions.map(({ repository }) => repository);
  hash.update(JSON.stringify([RELEASE, process.arch, COMPILER, chosen]));
  for (const path of await listFiles(import.meta.dirname)) {
    hash.update(`\0${relative(import.meta.dirname, path)}\0`).update(await readFile(path));
  }
  return hash.digest('hex').slice(0, 16);
}

async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
