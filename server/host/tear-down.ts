/** Undoes what set-up did, of whatever part of it is there: a whole instance, half a one, or what a crash left. */
import { readdir, rm } from 'node:fs/promises';
import { take, type Report } from './contract.ts';
import { endContainers } from './containers.ts';
import { stopDaemon } from './daemon.ts';
import { dnsCommand } from './dns.ts';
import { stopMachines, removeAllOurs } from './engine-contents.ts';
import { SetUpError } from './errors.ts';
import { isThere } from './files.ts';
import { removeFirewall } from './firewall.ts';
import { listLinks, serviceBridgeOwner } from './host-network.ts';
import { readInstance } from './instance.ts';
import { layoutOf, type Layout } from './layout.ts';
import { endLeftovers } from './leftovers.ts';
import { withLock } from './lock.ts';
import { findMounts } from './mounts.ts';
import { containerdCommand, dockerdCommand } from './outer-engine.ts';
import { hubCommand, registryCommand } from './registry.ts';
import { run } from './run.ts';
import { releaseServiceAddress } from './service-address.ts';
import type { Instance } from './slot.ts';

export type TearDownOptions = {
  dataDirectory: string;
  /** Another engine than our own that may hold machines of ours. */
  engineSocket: string | null;
  /** Removes the data too; else the next start finds every sandbox asleep. */
  purge: boolean;
};

/** The server must have been stopped. Touches nothing of another instance, nor of the host's own Docker. */
export async function tearDown(options: TearDownOptions, report: Report): Promise<void> {
  const layout = layoutOf(options.dataDirectory);
  if (!(await isThere(layout.root))) return;
  await withLock(layout.root, async () => {
    const instance = await readInstance(layout).catch((error: unknown) => {
      // Purging is the way out of an unreadable file, so it must not stop at it.
      if (options.purge && error instanceof SetUpError) return null;
      throw error;
    });
    const steps: [string, () => Promise<void>][] = [
      ['Machines', () => endMachines(options, layout, instance)],
      ['Daemons', () => endDaemons(layout).then(() => endLeftovers(layout))],
      ['Network', () => withLock('slot', () => endNetwork(layout, instance))],
      ['Disk pool', () => endMounts(layout)],
      ...(options.purge ? [['Data', () => removeData(layout)] as [string, () => Promise<void>]] : []),
    ];
    for (const [title, work] of steps)
      await take({ title, check: async () => null, apply: () => work().then(() => true) }, report);
  });
}

async function endMachines(
  { engineSocket, purge }: TearDownOptions,
  layout: Layout,
  instance: Instance | null,
): Promise<void> {
  const socketPath = engineSocket ?? layout.engineSocket;
  if (!instance) return;
  await stopMachines(socketPath, instance.label);
  // Our own engine's contents go with its files.
  if (purge && engineSocket !== null) await removeAllOurs(socketPath, instance.label);
}

async function endDaemons(layout: Layout): Promise<void> {
  await stopDaemon({ name: 'dockerd', command: dockerdCommand(layout) }, layout);
  await endContainers(layout);
  await stopDaemon({ name: 'containerd', command: containerdCommand(layout) }, layout);
  await stopDaemon({ name: 'hub', command: hubCommand(layout) }, layout);
  await stopDaemon({ name: 'registry', command: registryCommand(layout) }, layout);
  await stopDaemon({ name: 'dns', command: dnsCommand(layout) }, layout);
}

async function endNetwork(layout: Layout, instance: Instance | null): Promise<void> {
  if (!instance) return;
  const owner = await serviceBridgeOwner(instance);
  // At rest, its slot may have been taken by another instance.
  if (owner !== null && owner !== '' && owner !== layout.root) return;
  const bridges = (await listLinks()).filter((link) => link.startsWith(instance.bridgePrefix));
  for (const bridge of bridges) await run('ip', ['link', 'delete', bridge]);
  await removeFirewall(instance);
  await releaseServiceAddress(instance);
}

/** Innermost first. A loop device that our mount took lets go by itself; one of a crash in between is told to. */
async function endMounts(layout: Layout): Promise<void> {
  for (const { at } of (await findMounts(layout.root)).toReversed()) {
    const result = await run('umount', [at]);
    if (result.code !== 0) await run('umount', ['--lazy', at]);
  }
  const loops = await run('losetup', ['--associated', layout.poolImage, '--noheadings', '--output', 'NAME']);
  for (const device of loops.stdout.split('\n').filter(Boolean)) await run('losetup', ['--detach', device]);
}

/** Each is made before anything else is. */
const MARKS = ['instance.json', 'run', 'server.pid'];

/** Only what bears our mark is removed with all that is in it. */
async function removeData(layout: Layout): Promise<void> {
  const entries = await readdir(layout.root);
  if (entries.length > 0 && !entries.some((name) => MARKS.includes(name)))
    throw new SetUpError('command_failed', {
      sentence: `${layout.root} does not look like a data directory of Drydock, so it was left as it is.`,
      wayOut: 'Set DRYDOCK_DATA to the right directory, or remove this one by hand.',
    });
  if ((await findMounts(layout.root)).length > 0)
    throw new SetUpError('still_running', {
      sentence: `Something under ${layout.root} is still mounted, so its files were left.`,
      wayOut: 'End what uses it (fuser -vm on the directory), then run this again.',
    });
  await rm(layout.root, { recursive: true, force: true });
}
