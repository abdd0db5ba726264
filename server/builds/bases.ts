/** Which images a build began with: the same name may be another image by the next build. */
import { z } from 'zod';
import { type InnerApi, InnerApiError } from '#server/world/inner-api.ts';
import type { Vertex } from './history.ts';

/** Of one build; more stages than that have their images unknown. */
const ASKED_MOST = 6;
const FROM = /^\[[^\]]*\] FROM ([\w.:/-]{1,300})(@sha256:[0-9a-f]{64})?$/;
const imageSchema = z.object({ Id: z.string().max(100) });

/** Digest of the step → what tells its image from others; without those that the engine does not hold. */
export async function findBases(
  api: Pick<InnerApi, 'get'>,
  vertexes: readonly Vertex[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const known = new Map<string, string | null>();
  for (const { digest, name } of vertexes) {
    const [, image, fixed] = FROM.exec(name) ?? [];
    if (image === undefined) continue;
    if (fixed === undefined && !known.has(image) && known.size < ASKED_MOST)
      known.set(image, imageSchema.safeParse(await askEngine(api, `/images/${image}/json`)).data?.Id ?? null);
    const id = fixed ?? known.get(image);
    if (id) found.set(digest, id);
  }
  return found;
}

/** Null where the engine has no answer: what it would have told is of use, but not needed. */
export async function askEngine(api: Pick<InnerApi, 'get'>, path: string): Promise<unknown> {
  try {
    return await api.get(path);
  } catch (error) {
    if (error instanceof InnerApiError) return null;
    throw error;
  }
}
