/** The list that lies beside a finished catalog: what it holds, and one digest over all of it. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const INDEX_NAME = 'catalog.json';

const catalogImageSchema = z.strictObject({
  repository: z.string(),
  tags: z.array(z.string()),
  description: z.strictObject({ en: z.string(), zh: z.string() }),
  digest: z.string(),
  /** Packed layers and config; layers shared with other images count in each. */
  compressedBytes: z.number().int(),
});
export type CatalogImage = z.infer<typeof catalogImageSchema>;

const catalogIndexSchema = z.strictObject({ digest: z.string(), images: z.array(catalogImageSchema) });
export type CatalogIndex = z.infer<typeof catalogIndexSchema>;

/** Equal when every repository has the same tags with the same images. */
export function catalogDigest(
  images: readonly Pick<CatalogImage, 'repository' | 'tags' | 'digest'>[],
): string {
  const lines = images.flatMap((image) =>
    image.tags.map((tag) => `${image.repository}:${tag} ${image.digest}\n`),
  );
  return `sha256:${createHash('sha256').update(lines.toSorted().join('')).digest('hex')}`;
}

export async function writeIndex(directory: string, images: readonly CatalogImage[]): Promise<CatalogIndex> {
  const index = { digest: catalogDigest(images), images: [...images] };
  await writeFile(join(directory, INDEX_NAME), `${JSON.stringify(index, null, 2)}\n`);
  return index;
}

/** What a finished catalog holds; null where there is none. */
export async function readIndex(directory: string): Promise<CatalogIndex | null> {
  try {
    return catalogIndexSchema.parse(JSON.parse(await readFile(join(directory, INDEX_NAME), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
