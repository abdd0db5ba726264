/** Image names as people type them, compared the way Docker does. */
import type { Container, Image, World } from '#server/world/contract.ts';

type Ref = { repository: string; tag: string | null };

/** `docker.io/library/nginx` is `nginx`; a colon in the last part begins the tag. */
export function parseRef(text: string): Ref {
  const [bare = ''] = text.split('@');
  const short = bare.replace(/^(index\.)?docker\.io\//, '').replace(/^library\//, '');
  const at = short.lastIndexOf(':');
  if (at <= short.lastIndexOf('/')) return { repository: short, tag: null };
  return { repository: short.slice(0, at), tag: short.slice(at + 1) };
}

/** An expectation without a tag takes every tag. */
function fits(wanted: Ref, actual: Ref): boolean {
  return (
    wanted.repository === actual.repository &&
    (wanted.tag === null || wanted.tag === (actual.tag ?? 'latest'))
  );
}

/** True where the container was made from this image, under whatever name or id it was called. */
export function isFrom(container: Container, wanted: string, world: World): boolean {
  const names = [container.image, ...(imageOf(container, world)?.tags ?? [])];
  return names.some((name) => fits(parseRef(wanted), parseRef(name)));
}

function imageOf(container: Container, world: World): Image | undefined {
  if (container.imageId) return world.images.get(container.imageId);
  // A container that was gone at once may have been started by the first digits of an image's id.
  if (!/^[0-9a-f]{4,64}$/.test(container.image)) return undefined;
  return [...world.images.values()].find((image) => image.id.startsWith(`sha256:${container.image}`));
}

/** The image of this name; like Docker, no tag means `latest`. */
export function findImage(world: World, wanted: string): Image | null {
  const { repository, tag } = parseRef(wanted);
  const exact = { repository, tag: tag ?? 'latest' };
  for (const image of world.images.values())
    if (image.tags.some((name) => fits(exact, parseRef(name)))) return image;
  return null;
}

/** Names of the same repository under other tags. */
export function otherTags(world: World, wanted: string): string[] {
  const { repository } = parseRef(wanted);
  return [...world.images.values()]
    .flatMap((image) => [...image.tags])
    .filter((name) => parseRef(name).repository === repository);
}
