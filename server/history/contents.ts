/** What there is in a machine, as its world shows it: written down with each snapshot, and compared before going back. */
import type { World } from '#server/world/contract.ts';
import { HISTORY_LIMITS, type Loss } from '../protocol/history.ts';
import type { MachineContents } from '../store/contract.ts';

/** Of each kind; a learner with more of them reads of the others only as a number. */
const WRITTEN_MAX = 200;
/** Made by every engine for itself. */
const OWN_NETWORKS = ['bridge', 'host', 'none'];
/** A swarm starts what it wants by itself; what somebody else starts for it, it ends again. */
export const SWARM_TASK = 'com.docker.swarm.task.id';
const RUNS = ['running', 'paused', 'restarting'];

/** @param world null: nobody has seen into it, and nothing is written down */
export function contentsOf(machine: string, world: World | null): MachineContents {
  const all = <Thing>(things: ReadonlyMap<string, Thing> | undefined) =>
    [...(things?.values() ?? [])].slice(0, WRITTEN_MAX);
  return {
    machine,
    containers: all(world?.containers).map(({ id, name, state, labels }) => ({
      id,
      name,
      running: RUNS.includes(state) && labels[SWARM_TASK] === undefined,
    })),
    images: all(world?.images).map(({ id, tags }) => ({ id, tags: [...tags] })),
    volumes: all(world?.volumes).map(({ name }) => name),
    networks: all(world?.networks).map(({ id, name }) => ({ id, name })),
  };
}

/** What is there now and was not then; an image by its tags, or by its id where it has none. */
export function lossOf(then: MachineContents, now: MachineContents, files: readonly string[]): Loss {
  const known = {
    containers: new Set(then.containers.map(({ id }) => id)),
    images: new Set(then.images.flatMap(({ id, tags }) => [id, ...tags.map((tag) => `${id} ${tag}`)])),
    volumes: new Set(then.volumes),
    networks: new Set([...OWN_NETWORKS, ...then.networks.map(({ name }) => name)]),
  };
  const lost = {
    containers: now.containers.filter(({ id }) => !known.containers.has(id)).map(({ name }) => name),
    images: now.images.flatMap(({ id, tags }) =>
      tags.length > 0
        ? tags.filter((tag) => !known.images.has(`${id} ${tag}`))
        : known.images.has(id)
          ? []
          : [id.replace(/^sha256:/, '').slice(0, 12)],
    ),
    volumes: now.volumes.filter((name) => !known.volumes.has(name)),
    networks: now.networks.map(({ name }) => name).filter((name) => !known.networks.has(name)),
    files: [...files],
  };
  let more = 0;
  const bounded = (names: string[]) => {
    more += Math.max(0, names.length - HISTORY_LIMITS.losses);
    return names.slice(0, HISTORY_LIMITS.losses).map((name) => name.slice(0, 300));
  };
  return {
    machine: then.machine,
    containers: bounded(lost.containers),
    images: bounded(lost.images),
    volumes: bounded(lost.volumes),
    networks: bounded(lost.networks),
    files: bounded(lost.files),
    more,
  };
}
