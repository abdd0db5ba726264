/** The machine image, its OCI runtime and its system-call filter: what the outer engine needs to run machines. */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RELEASE } from '../catalog/debian-archive.ts';
import type { Progress } from '../contract.ts';
import { isThere } from '../files.ts';
import { must } from '../run.ts';
import { COMPILER } from './compile.ts';
import { digestOf } from './digest.ts';
import { DPKG_SETTINGS, MACHINE_PACKAGES, UNPACKED_WITHOUT } from './package-list.ts';
import { AGENT_SOURCES, ARCHIVE, FILES, MADE_FIXED, makeRoot } from './root.ts';

export { buildRuntime } from './runtime.ts';
export { seccompProfile } from './seccomp.ts';

/** For `docker import`: what a container of this image runs, and in which environment. */
export const MACHINE_IMAGE_CHANGES = [
  'ENTRYPOINT ["/usr/bin/tini","--","/usr/local/lib/drydock/init"]',
  'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'ENV HOME=/root',
  'ENV LANG=C.UTF-8',
  'WORKDIR /root',
];

/** Archives of other versions may still be read by an instance that is being set up beside us. */
const OTHERS_KEPT_MS = 24 * 60 * 60_000;

/**
 * A tar of the machine's root, named by a digest of what it is made from; made once (40 s, 700 MB).
 * Safe to interrupt: what was begun is cleared away by the next call.
 */
export async function buildMachineImage(options: {
  directory: string;
  progress?: Progress;
}): Promise<{ archive: string; digest: string }> {
  const { directory, progress = () => {} } = options;
  const recipe = JSON.stringify([
    [RELEASE, process.arch, COMPILER],
    [MACHINE_PACKAGES, DPKG_SETTINGS, UNPACKED_WITHOUT, MADE_FIXED],
  ]);
  const digest = await digestOf([FILES, AGENT_SOURCES, ARCHIVE], [recipe]);
  const archive = join(directory, `machine-${digest.slice(0, 16)}.tar`);
  if (!(await isThere(archive))) {
    await mkdir(directory, { recursive: true });
    await clearRemains(directory);
    const workshop = join(directory, `machine-${process.pid}.building`);
    await mkdir(workshop, { recursive: true });
    try {
      await makeRoot(join(workshop, 'root'), progress);
      progress('packing the machine’s root');
      const part = join(workshop, 'root.tar');
      await must('tar', ['--sort=name', '--numeric-owner', '-C', join(workshop, 'root'), '-cf', part, '.']);
      await rename(part, archive);
    } finally {
      await rm(workshop, { recursive: true, force: true });
    }
  }
  return { archive, digest: `sha256:${digest}` };
}

/** Half-made roots of processes that are gone, and archives that nobody reads any more. */
async function clearRemains(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    const builder = /^machine-(\d+)\.building$/.exec(name)?.[1];
    if (builder !== undefined && !(await isThere(`/proc/${builder}`)))
      await rm(path, { recursive: true, force: true });
    if (!/^machine-[0-9a-f]{16}\.tar$/.test(name)) continue;
    if (Date.now() - (await stat(path)).mtimeMs > OTHERS_KEPT_MS) await rm(path, { force: true });
  }
}
