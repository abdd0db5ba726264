/** Step: the disk pool of machines, one preallocated file with btrfs and quotas on it. */
import { mkdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { findMounts } from './mounts.ts';
import type { HostConfig, Progress, Report, Step } from './contract.ts';
import { SetUpError } from './errors.ts';
import type { Layout } from './layout.ts';
import { isThere } from './files.ts';
import { ensureLoopDevices } from './loop-devices.ts';
import { choosePoolBytes } from './pool-size.ts';
import { lastWords, must, run } from './run.ts';

/** Without quota the pool is a plain directory: no limits, no instant copies. */
export type Pool = { directory: string; quota: boolean };

export function poolStep(config: HostConfig, layout: Layout, report: Report): Step<Pool> {
  const pool = { directory: layout.pool, quota: true };
  return {
    title: 'Disk pool',
    async check() {
      const mounts = await findMounts(layout.pool);
      const mounted = mounts.some((mount) => mount.at === layout.pool && mount.type === 'btrfs');
      return mounted && (await missingBytes(config, layout)) <= 0 && (await hasQuota(layout.pool))
        ? pool
        : null;
    },
    async apply(progress) {
      await mkdir(layout.pool, { recursive: true, mode: 0o711 });
      if (!(await kernelHasBtrfs())) {
        report.warn(
          'THIS KERNEL HAS NO BTRFS: machines get plain directories, so NO disk limit holds and they start slower. Install a kernel with btrfs for anything but a first look.',
        );
        return { directory: layout.pool, quota: false };
      }
      await makeImage(config, layout, progress);
      await mountImage(layout, progress);
      await growImage(config, layout, progress);
      return pool;
    },
  };
}

async function kernelHasBtrfs(): Promise<boolean> {
  const knows = async () => /\bbtrfs$/m.test(await readFile('/proc/filesystems', 'utf8'));
  if (await knows()) return true;
  await run('modprobe', ['btrfs']);
  return knows();
}

async function hasQuota(directory: string): Promise<boolean> {
  return (await run('btrfs', ['qgroup', 'show', directory])).code === 0;
}

async function makeImage(config: HostConfig, layout: Layout, progress: Progress): Promise<void> {
  if (await isThere(layout.poolImage)) return;
  const part = `${layout.poolImage}.part`;
  await rm(part, { force: true });
  const { bavail, bsize } = await statfs(layout.root);
  const bytes = choosePoolBytes(bavail * bsize, config.poolBytes);
  progress(`taking ${(bytes / 1024 ** 3).toFixed(1)} GiB of disk`);
  try {
    // Really taken: a sparse file reports success on a full host and fails only at fsync.
    await must('fallocate', ['--length', String(bytes), part]);
    await must('mkfs.btrfs', ['--quiet', '--force', part]);
  } catch (cause) {
    await rm(part, { force: true });
    throw cause;
  }
  await rename(part, layout.poolImage);
}

/** What the pool lacks of the size that is asked for now. It never shrinks. */
async function missingBytes(config: HostConfig, layout: Layout): Promise<number> {
  return config.poolBytes === null ? 0 : config.poolBytes - (await stat(layout.poolImage)).size;
}

async function growImage(config: HostConfig, layout: Layout, progress: Progress): Promise<void> {
  const missing = await missingBytes(config, layout);
  if (missing <= 0) return;
  const { bavail, bsize } = await statfs(layout.root);
  choosePoolBytes(bavail * bsize, missing);
  progress(`growing by ${(missing / 1024 ** 3).toFixed(1)} GiB`);
  await must('fallocate', ['--length', String(config.poolBytes), layout.poolImage]);
  const mount = (await findMounts(layout.pool)).find(({ at }) => at === layout.pool);
  await must('losetup', ['--set-capacity', mount?.source ?? '']);
  await must('btrfs', ['filesystem', 'resize', 'max', layout.pool]);
}

async function mountImage(layout: Layout, progress: Progress): Promise<void> {
  const mounts = await findMounts(layout.pool);
  if (!mounts.some((mount) => mount.at === layout.pool)) {
    progress('mounting');
    await ensureLoopDevices();
    // nodiscard: discarded blocks would make holes in the preallocated file.
    const options = ['-t', 'btrfs', '-o', 'loop,nodiscard,noatime', layout.poolImage, layout.pool];
    const mounted = await run('mount', options);
    if (mounted.code !== 0)
      throw new SetUpError(/loop/.test(mounted.stderr) ? 'no_loop_devices' : 'pool_failed', {
        sentence: `The disk pool cannot be mounted: ${lastWords(mounted)}`,
        wayOut:
          'See "losetup --list" and "dmesg | tail"; free a loop device or let this host have more of them, then start again.',
      });
  }
  // An interruption may have left the file grown and what is in it not.
  await must('btrfs', ['filesystem', 'resize', 'max', layout.pool]);
  await must('btrfs', ['quota', 'enable', layout.pool]);
  // Machines reach their own subvolume by a mount; nobody else on the host has business here.
  await must('chmod', ['711', layout.pool]);
}
