/** What the catalog says of the images that a file names. The worker tells which; only the page asks the server. */
import type { HeldImage } from '#server/protocol/catalog.ts';

/** An image of Docker Hub, as the catalog names it. */
export type Wanted = { repository: string; tag: string };

/** Null: of another registry, by digest, or no name of an image at all. */
export function wantedOf(name: string): Wanted | null {
  const match =
    /^(?:(?:docker\.io|index\.docker\.io)\/)?(?:library\/)?([a-z0-9][a-z0-9._/-]{0,200})(?::(\w[\w.-]{0,127}))?$/.exec(
      name,
    );
  if (!match) return null;
  const [, repository, tag = 'latest'] = match;
  const [first, ...more] = repository!.split('/');
  if (more.length > 0 && (first!.includes('.') || first === 'localhost')) return null;
  return { repository: repository!, tag };
}

export function isHeld({ repository, tag }: Wanted, held: readonly HeldImage[]): boolean {
  return held.some((image) => image.repository === repository && image.tags.includes(tag));
}

export type Catalog = {
  all: () => Promise<readonly HeldImage[]>;
  /** With what may serve in its place first. */
  near: (repository: string) => Promise<readonly HeldImage[]>;
};

/** Asks once for each name; an answer that failed is asked for again. */
export function catalogOf(fetchList: (near: string | null) => Promise<readonly HeldImage[]>): Catalog {
  const asked = new Map<string | null, Promise<readonly HeldImage[]>>();
  const list = (near: string | null) => {
    const known = asked.get(near);
    if (known) return known;
    const answer = fetchList(near);
    asked.set(near, answer);
    answer.catch(() => asked.delete(near));
    return answer;
  };
  return { all: () => list(null), near: (repository) => list(repository) };
}
