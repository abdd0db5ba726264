/** Step: the Debian packages that the host lacks, each with the reason why it is needed. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { Progress, Report, Step } from './contract.ts';
import { SetUpError } from './errors.ts';
import { isThere } from './files.ts';
import { withLock } from './lock.ts';
import type { Package } from './package-list.ts';
import { lastWords, run, SYSTEM_PATH, type CommandResult } from './run.ts';

export function missingPackages(packages: Package[], isThere: (file: string) => boolean = onHost): Package[] {
  return packages.filter((entry) => !entry.provides.every(isThere));
}

function onHost(file: string): boolean {
  const places = file.startsWith('/')
    ? [file]
    : SYSTEM_PATH.split(':').map((directory) => join(directory, file));
  return places.some((path) => {
    try {
      accessSync(path, constants.R_OK);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  });
}

export function packagesStep(packages: Package[], report: Report): Step<true> {
  return {
    title: 'Debian packages',
    check: async () => (missingPackages(packages).length === 0 ? true : null),
    // dpkg's own lock would do for the install, but not for the guard against started services.
    apply: (progress) =>
      withLock('packages', async (): Promise<true> => {
        const missing = missingPackages(packages);
        for (const { name, why } of missing) report.warn(`Needs the Debian package ${name}: ${why}.`);
        if (missing.length > 0) await install(missing, progress);
        return true;
      }),
  };
}

async function install(missing: Package[], progress: Progress): Promise<void> {
  const names = missing.map((entry) => entry.name);
  await putServiceGuard();
  try {
    progress(`installing ${names.join(', ')}`);
    await installPersistently(names, progress);
  } finally {
    await removeServiceGuard();
  }
  await disableServices(missing.flatMap((entry) => entry.services ?? []));
}

async function installPersistently(names: string[], progress: Progress): Promise<void> {
  const first = await aptInstall(names, progress);
  if (first.code === 0) return;
  if (first.stderr.includes('dpkg --configure -a')) {
    progress('finishing an installation that was interrupted');
    await run('dpkg', ['--configure', '-a'], { env: UNATTENDED });
  }
  progress('asking the mirror for its newest lists');
  const update = await run('apt-get', [...APT, 'update'], { env: UNATTENDED });
  const second = await aptInstall(names, progress);
  if (second.code !== 0) throw failure(second, update);
}

const UNATTENDED = { DEBIAN_FRONTEND: 'noninteractive' };
// Somebody else's apt may be running: wait for it instead of failing.
const APT = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2'];

function aptInstall(names: string[], progress: (detail: string) => void): Promise<CommandResult> {
  return run('apt-get', [...APT, 'install', '--no-install-recommends', ...names], {
    env: UNATTENDED,
    onLine: (line) => /^(Get:|Unpacking|Setting up)/.test(line) && progress(line.slice(0, 70)),
  });
}

function failure(result: CommandResult, update: CommandResult): SetUpError {
  const said = `${result.stderr}\n${update.stderr}\n${update.stdout}`;
  const reason = /(Could not|Unable to|Temporary failure) (resolve|resolving|connect)[^\n]*[^\n:.]/.exec(
    said,
  )?.[0];
  if (reason !== undefined || said.includes('Failed to fetch'))
    return new SetUpError('mirror_unreachable', {
      sentence: `The Debian package mirror is out of reach: ${reason ?? lastWords(result)}.`,
      wayOut:
        'See that "apt-get update" works on this host (network, proxy, /etc/apt/sources.list), then start again.',
    });
  return new SetUpError('packages_failed', {
    sentence: `apt-get could not install the packages: ${lastWords(result)}`,
    wayOut: 'Mend what it names ("apt-get install -f" often does), then start again.',
  });
}

const POLICY_FILE = '/usr/sbin/policy-rc.d';
const POLICY = '#!/bin/sh\n# drydock: services of packages being installed stay off\nexit 101\n';

/** Debian asks this file before a package may start its service (invoke-rc.d(8)): while we install, the answer is no. */
async function putServiceGuard(): Promise<void> {
  if (!(await isThere(POLICY_FILE))) await writeFile(POLICY_FILE, POLICY, { mode: 0o755 });
}

/** One that a crash left behind; not one that another instance needs right now. */
export function removeForgottenGuard(): Promise<void> {
  return withLock('packages', removeServiceGuard);
}

/** Leaves anybody else's alone. */
async function removeServiceGuard(): Promise<void> {
  const text = await readFile(POLICY_FILE, 'utf8').catch(() => null);
  if (text === POLICY) await rm(POLICY_FILE, { force: true });
}

/** They would start at the next boot otherwise. Debian runs either systemd or System V scripts; one of both answers. */
async function disableServices(units: string[]): Promise<void> {
  if (units.length === 0) return;
  await run('systemctl', ['disable', '--quiet', ...units]);
  for (const unit of units) await run('update-rc.d', [unit.replace(/\.\w+$/, ''), 'disable']);
}
