/** Finds a machine's control groups on the host, for cgroup v1 and v2. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type CgroupMount = { version: 1 | 2; controllers: string[]; root: string; mountPoint: string };

/** A machine's own directories: one on v2, one for each mounted v1 hierarchy. */
export type MachineGroups = { version: 1 | 2; directories: { controllers: string[]; path: string }[] };

/** @throws when the process or its groups are gone. */
export async function findMachineGroups(pid: number, containerId: string): Promise<MachineGroups> {
  const [groups, mounts] = await Promise.all([
    readFile(`/proc/${pid}/cgroup`, 'utf8'),
    readFile('/proc/self/mountinfo', 'utf8'),
  ]);
  const found = locateGroups(groups, containerId, parseMounts(mounts));
  if (!found) throw new Error(`process ${pid} is in no group of container ${containerId}`);
  return found;
}

/** Reads /proc/self/mountinfo (proc(5)): the optional fields end at ` - `, then type, source, options. */
export function parseMounts(mountinfo: string): CgroupMount[] {
  return mountinfo.split('\n').flatMap((line): CgroupMount[] => {
    const [before, after] = line.split(' - ');
    const [, , , root, mountPoint] = before!.split(' ');
    const [type, , options] = (after ?? '').split(' ');
    if (!root || !mountPoint) return [];
    if (type === 'cgroup2') return [{ version: 2, controllers: [], root, mountPoint }];
    if (type !== 'cgroup') return [];
    return [{ version: 1, controllers: (options ?? '').split(','), root, mountPoint }];
  });
}

/**
 * Reads /proc/PID/cgroup. A tenant moves its pid 1 into whatever group of its own it likes, so each path is cut
 * behind the component that bears the container's id.
 */
export function locateGroups(text: string, containerId: string, mounts: CgroupMount[]): MachineGroups | null {
  const entries = text.split('\n').flatMap((line) => {
    const match = /^\d+:([^:]*):(\/.*)$/.exec(line);
    if (!match) return [];
    const parts = match[2]!.split('/');
    const at = parts.findIndex((part) => part.includes(containerId));
    return at < 0 ? [] : [{ controllers: match[1]!.split(','), path: parts.slice(0, at + 1).join('/') }];
  });
  const legacy = entries.flatMap(({ controllers, path }) => {
    if (controllers[0] === '') return [];
    const mount = mounts.find(
      (candidate) =>
        candidate.version === 1 && controllers.every((name) => candidate.controllers.includes(name)),
    );
    return mount ? [{ controllers, path: within(mount, path) }] : [];
  });
  if (legacy.length > 0) return { version: 1, directories: legacy };
  const unified = entries.find(({ controllers }) => controllers[0] === '');
  const mount = mounts.find(({ version }) => version === 2);
  if (!unified || !mount) return null;
  return { version: 2, directories: [{ controllers: [], path: within(mount, unified.path) }] };
}

function within(mount: CgroupMount, path: string): string {
  const below =
    mount.root !== '/' && path.startsWith(`${mount.root}/`) ? path.slice(mount.root.length) : path;
  return join(mount.mountPoint, below);
}
