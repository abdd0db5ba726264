/** Makes the next world out of the last one, and says what changed. Pure: it asks nobody and remembers nothing. */
import type { Change, Container, Image, Network, Volume, World, WorldDiff } from './contract.ts';

/** Removed containers that are remembered for tasks. */
export const GONE_MAX = 100;

export const EMPTY_WORLD: World = {
  connected: false,
  containers: new Map(),
  gone: [],
  images: new Map(),
  volumes: new Map(),
  networks: new Map(),
};

/** What a look at the engine brought; a field that is left out was not looked at. */
export type Sight = {
  connected?: boolean;
  /** Null: it is not there any more. */
  containers?: ReadonlyMap<string, Container | null>;
  /** Containers that were removed, as far as they were known. */
  gone?: readonly Container[];
  images?: ReadonlyMap<string, Image>;
  volumes?: readonly Volume[];
  networks?: readonly Network[];
};

export function nextWorld(world: World, sight: Sight): World {
  return {
    connected: sight.connected ?? world.connected,
    containers: sight.containers ? patched(world.containers, sight.containers) : world.containers,
    gone: sight.gone ? remembered(world.gone, sight.gone) : world.gone,
    images: sight.images ? kept(world.images, sight.images) : world.images,
    volumes: sight.volumes
      ? kept(
          world.volumes,
          keyed(sight.volumes, ({ name }) => name),
        )
      : world.volumes,
    networks: sight.networks
      ? kept(
          world.networks,
          keyed(sight.networks, ({ id }) => id),
        )
      : world.networks,
  };
}

/** Null when nothing that anybody could care about changed. */
export function diffWorlds(before: World, after: World): WorldDiff | null {
  const diff = {
    containers: changes(before.containers, after.containers),
    images: changes(before.images, after.images),
    volumes: changes(before.volumes, after.volumes),
    networks: changes(before.networks, after.networks),
  };
  const same = Object.values(diff).every((list) => list.length === 0);
  return same && before.gone === after.gone && before.connected === after.connected ? null : diff;
}

function patched<Thing>(
  things: ReadonlyMap<string, Thing>,
  sight: ReadonlyMap<string, Thing | null>,
): ReadonlyMap<string, Thing> {
  const next = new Map(things);
  for (const [id, thing] of sight) {
    if (thing === null) next.delete(id);
    else if (!isEqual(thing, things.get(id))) next.set(id, thing);
  }
  return next;
}

/** The new map, with the old objects where nothing changed, so that `===` tells. */
function kept<Thing>(
  before: ReadonlyMap<string, Thing>,
  after: ReadonlyMap<string, Thing>,
): ReadonlyMap<string, Thing> {
  return new Map(
    Array.from(after, ([id, thing]) => {
      const old = before.get(id);
      return [id, old !== undefined && isEqual(old, thing) ? old : thing];
    }),
  );
}

function remembered(before: readonly Container[], more: readonly Container[]): readonly Container[] {
  const known = new Map(before.map((container) => [container.id, container]));
  const fresh = more.filter((container) => !isEqual(container, known.get(container.id)));
  if (fresh.length === 0) return before;
  for (const container of fresh) known.set(container.id, container);
  return Array.from(known.values()).slice(-GONE_MAX);
}

function changes<Thing>(
  before: ReadonlyMap<string, Thing>,
  after: ReadonlyMap<string, Thing>,
): Change<Thing>[] {
  const found: Change<Thing>[] = [];
  for (const [id, thing] of after) {
    const old = before.get(id);
    if (old === undefined) found.push({ type: 'added', after: thing });
    else if (old !== thing) found.push({ type: 'changed', before: old, after: thing });
  }
  for (const [id, thing] of before) if (!after.has(id)) found.push({ type: 'removed', before: thing });
  return found;
}

const keyed = <Thing>(things: readonly Thing[], key: (thing: Thing) => string) =>
  new Map(things.map((thing) => [key(thing), thing]));

/** Things are plain data with a fixed order of fields: the parsers of this room make them. */
function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
