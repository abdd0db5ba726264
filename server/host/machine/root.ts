/** Makes the machine's root directory: Debian packages, trimmed, with our own files laid over them. */
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findArchive, RELEASE, sourceLines } from '../catalog/debian-archive.ts';
import { runInNamespace } from '../catalog/namespace.ts';
import type { Progress } from '../contract.ts';
import { SetUpError } from '../errors.ts';
import { lastWords, must, run } from '../run.ts';
import { compileProgram } from './compile.ts';
import { UnfitProgramError, withFixedAddress } from './fixed-address.ts';
import { DPKG_SETTINGS, MACHINE_PACKAGES, UNPACKED_WITHOUT } from './package-list.ts';

export const FILES = join(import.meta.dirname, 'files');
/** Lays the archive that a machine's own apt installs from. */
export const ARCHIVE = join(import.meta.dirname, 'archive');
export const AGENT_SOURCES = join(import.meta.dirname, 'agent');
const AGENT = 'usr/local/lib/drydock/agent';
/** Runs in every machine and comes position-independent from Debian, unlike containerd. */
export const MADE_FIXED = 'usr/sbin/dockerd';

/** Caches and lists that the installation leaves; log directories stay, programs expect them. */
const EMPTIED = ['var/cache/apt', 'var/lib/apt/lists', 'var/cache/debconf', 'tmp', 'run'];
/** What the engine or the init writes at each start. */
const WRITTEN_AT_BOOT = ['etc/hostname', 'etc/hosts', 'etc/resolv.conf', 'etc/machine-id'];

export async function makeRoot(root: string, progress: Progress): Promise<void> {
  progress('installing Debian packages');
  const mirror = await findArchive();
  const names = MACHINE_PACKAGES.flatMap((group) => group.names);
  const made = await runInNamespace('mmdebstrap', [
    '--mode=root',
    '--variant=minbase',
    '--aptopt=Acquire::Languages "none"',
    '--dpkgopt=force-unsafe-io',
    ...UNPACKED_WITHOUT.map((option) => `--dpkgopt=${option}`),
    `--include=${names.join(',')}`,
    `--customize-hook=${join(ARCHIVE, 'lay.sh')} "$1" '${mirror.main}'`,
    RELEASE,
    root,
    ...sourceLines(mirror),
  ]);
  if (made.code !== 0)
    throw new SetUpError('packages_failed', {
      sentence: `Debian packages for the machines cannot be installed: ${lastWords(made)}`,
      wayOut:
        'See that this host reaches its Debian mirror (apt-get update) and has free disk, then start again.',
    });
  progress('laying our files over them');
  await trim(root);
  await layFiles(root);
  await fixEngineAddress(root, progress);
}

/** An engine that cannot be rewritten, or does not run afterwards, stays Debian's own: it only costs more memory. */
async function fixEngineAddress(root: string, progress: Progress): Promise<void> {
  const path = join(root, MADE_FIXED);
  const part = `${path}.part`;
  try {
    await writeFile(part, withFixedAddress(await readFile(path)), { mode: 0o755 });
    const tried = await run('chroot', [root, `/${MADE_FIXED}.part`, '--version'], { timeoutMs: 10_000 });
    if (tried.code !== 0) throw new UnfitProgramError(lastWords(tried));
    await rename(part, path);
  } catch (error) {
    if (!(error instanceof UnfitProgramError)) throw error;
    progress(`leaving dockerd as Debian made it: ${error.message}`);
    await rm(part, { force: true });
  }
}

async function trim(root: string): Promise<void> {
  for (const directory of EMPTIED) {
    for (const name of await readdir(join(root, directory)))
      await rm(join(root, directory, name), { recursive: true });
  }
  await must('find', [join(root, 'var/log'), '-type', 'f', '-delete']);
  for (const file of WRITTEN_AT_BOOT) {
    await rm(join(root, file), { force: true });
    await writeFile(join(root, file), '', { mode: 0o644 });
  }
  // Only the installation was in a hurry.
  await rm(join(root, 'etc/dpkg/dpkg.cfg.d/99mmdebstrap'), { force: true });
  await writeFile(
    join(root, 'etc/dpkg/dpkg.cfg.d/drydock'),
    `${[...UNPACKED_WITHOUT, ...DPKG_SETTINGS].join('\n')}\n`,
  );
}

async function layFiles(root: string): Promise<void> {
  await cp(FILES, root, { recursive: true });
  await compileProgram({ sources: AGENT_SOURCES, output: join(root, AGENT) });
  await symlink('vim.tiny', join(root, 'usr/bin/vim'));
  for (const directory of ['state', 'var/lib/drydock/terminals', 'var/lib/docker', 'var/lib/containerd'])
    await mkdir(join(root, directory), { recursive: true });
  await chmod(join(root, 'var/lib/drydock/terminals'), 0o700);
  // A checkout keeps the executable bit and nothing else: owner and umask of whoever made it must not show.
  const ours = (await readdir(FILES, { recursive: true })).map((name) => join(root, name));
  await must('chown', ['root:root', ...ours]);
  await must('chmod', ['u=rwX,go=rX', ...ours]);
  await chmod(join(root, 'root'), 0o700);
  await must('chroot', [root, '/usr/local/lib/drydock/after-packages']);
  // A package that asks while it is installed would ask a learner who has not read that far.
  await must('chroot', [root, 'debconf-set-selections'], {
    input: 'debconf debconf/frontend select Noninteractive\n',
  });
}
