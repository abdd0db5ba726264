/** The images that this house holds, as who built them says. */
import type { Locale } from '#server/protocol/ids.ts';
import { parseRef } from '#server/tasks/image-ref.ts';

export type CatalogEntry = {
  repository: string;
  tags: readonly string[];
  description: Record<Locale, string>;
  compressedBytes: number;
};

export type Catalog = readonly CatalogEntry[];

/** `docker pull` would find it. By digest only its repository is compared. */
export function holds(catalog: Catalog, reference: string): boolean {
  const { repository, tag } = parseRef(reference);
  const images = catalog.filter((image) => parseRef(image.repository).repository === repository);
  if (reference.includes('@')) return images.length > 0;
  return images.some(({ tags }) => tags.includes(tag ?? 'latest'));
}
