/** Tells pages what the house holds, with the nearest to a wanted image first. */
import { type HeldImage, imageNameSchema } from '#server/protocol/catalog.ts';
import { localeSchema, type Locale } from '#server/protocol/ids.ts';
import { parseRef } from '#server/tasks/image-ref.ts';
import { type Call, parse, type Reply } from './call.ts';
import type { Catalog } from './held-images.ts';
import { nearness } from './near-images.ts';

/** `?near=ubuntu` puts what may serve in its place first. */
export function showCatalog({ parts, query }: Call): Reply {
  const near = query.get('near');
  const wanted = near === null ? null : parseRef(parse(imageNameSchema, near)).repository;
  const locale = parse(localeSchema, query.get('locale') ?? 'en');
  const images = repositoriesOf(parts.catalog, locale);
  const far = (image: HeldImage) => (wanted === null ? 0 : nearness(wanted, image.repository));
  return { json: images.toSorted((a, b) => far(a) - far(b)) };
}

/** Images of one repository become one line, described and measured as its `latest`. */
function repositoriesOf(catalog: Catalog, locale: Locale): HeldImage[] {
  return [...Map.groupBy(catalog, ({ repository }) => repository)].map(([repository, images]) => {
    const newest = images.find(({ tags }) => tags.includes('latest')) ?? images[0]!;
    return {
      repository: parseRef(repository).repository,
      tags: images.flatMap(({ tags }) => [...tags]),
      description: newest.description[locale],
      sizeBytes: newest.compressedBytes,
    };
  });
}
