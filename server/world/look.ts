/** Asks the inner engine about what is due and returns what was seen. */
import { ZodError } from 'zod';
import type { Container, Image, World } from './contract.ts';
import { InnerApiError, type InnerApi } from './inner-api.ts';
import type { Due, Ledger } from './ledger.ts';
import type { Sight } from './model.ts';
import {
  parseContainer,
  parseContainerIds,
  parseImage,
  parseImageList,
  parseNetworks,
  parseVolumes,
} from './replies.ts';

/** More than a machine's limits let live; older ones are left out. */
const MAX_CONTAINERS = 200;

export async function look(api: InnerApi, world: World, due: Due, ledger: Ledger): Promise<Sight> {
  const sight: Sight = {};
  if (due.all || due.containers.size > 0 || due.destroyed.size > 0)
    Object.assign(sight, await lookAtContainers(api, world, due, ledger));
  if (due.all || due.images) sight.images = await lookAtImages(api, world);
  if (due.all || due.volumes) sight.volumes = parseVolumes(await api.get('/volumes'));
  if (due.all || due.networks) sight.networks = parseNetworks(await api.get('/networks'));
  return sight;
}

async function lookAtContainers(api: InnerApi, world: World, due: Due, ledger: Ledger): Promise<Sight> {
  const listed = due.all
    ? parseContainerIds(await api.get(`/containers/json?all=1&limit=${MAX_CONTAINERS}`))
    : [];
  const missing = due.all ? [...world.containers.keys()].filter((id) => !listed.includes(id)) : [];
  const room = MAX_CONTAINERS - (due.all ? 0 : world.containers.size);
  const fresh = [...due.containers]
    .filter((id) => !world.containers.has(id) && !listed.includes(id))
    .slice(0, Math.max(room, 0));
  const known = [...due.containers].filter((id) => world.containers.has(id));

  const containers = new Map<string, Container | null>();
  for (const id of new Set([...listed, ...known, ...fresh]))
    containers.set(id, await inspect(() => api.get(`/containers/${id}/json`), parseContainer));
  for (const id of [...missing, ...due.destroyed.keys()]) containers.set(id, null);

  // Its end may be told after it was found gone, and the event knows less than we did.
  const remembered = new Map(world.gone.map((container) => [container.id, container]));
  const gone = [...containers].flatMap(([id, seen]) => {
    if (seen !== null) return [];
    const last = world.containers.get(id) ?? remembered.get(id) ?? due.destroyed.get(id);
    return last ? [asGone(last, ledger.exitCodeOf(id))] : [];
  });
  return { containers, gone };
}

/** Only the event knows how a container ended that removed itself. */
function asGone(last: Container, exitCode: number | null): Container {
  const ended = exitCode ?? last.exitCode;
  return { ...last, exitCode: ended, state: ended === null ? last.state : 'exited' };
}

/** Layers of an image never change: only new ones are inspected, tags come from the list. */
async function lookAtImages(api: InnerApi, world: World): Promise<Map<string, Image>> {
  const images = new Map<string, Image>();
  for (const { id, tags, digests } of parseImageList(await api.get('/images/json'))) {
    const image = world.images.get(id) ?? (await inspect(() => api.get(`/images/${id}/json`), parseImage));
    if (image) images.set(id, { ...image, tags, digests });
  }
  return images;
}

/** Null when it is not there (any more), or when its reply is not what Docker would say: one bad thing hides no others. */
async function inspect<Thing>(
  get: () => Promise<unknown>,
  parse: (reply: unknown) => Thing,
): Promise<Thing | null> {
  try {
    const reply = await get();
    return reply === null ? null : parse(reply);
  } catch (error) {
    if (error instanceof ZodError || (error instanceof InnerApiError && error.code === 'too_large'))
      return null;
    throw error;
  }
}
