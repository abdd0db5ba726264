/**
 * Step: limits that the kernel counts per user. All machines of this host are one user to it, so what is plenty for a person
 * is too little for a class: with Debian's own, no more than about forty machines start.
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { Report, Step } from './contract.ts';

export type KernelLimit = { path: string; least: number };

const LIMITS: readonly KernelLimit[] = [
  // A container has a keyring of its own, and a process that is started in it: about five a machine, 70 bytes each.
  { path: '/proc/sys/kernel/keys/maxkeys', least: 20_000 },
  { path: '/proc/sys/kernel/keys/maxbytes', least: 2_000_000 },
  // An engine, its containerd and the editor watch files: three and more a machine.
  { path: '/proc/sys/fs/inotify/max_user_instances', least: 8_192 },
];

/** Raises what is too low and lowers nothing. Where the host does not let us, it says so and goes on. */
export function kernelLimitsStep(report: Pick<Report, 'warn'>, limits = LIMITS): Step<true> {
  return {
    title: 'Kernel limits',
    check: async () => ((await tooLow(limits)).length === 0 ? true : null),
    async apply() {
      for (const { path, least } of await tooLow(limits))
        await writeFile(path, String(least)).catch(() =>
          report.warn(
            `${path} is too low for a class and cannot be raised from here: with many machines some will not start. ` +
              `Set it to ${least} on the host.`,
          ),
        );
      return true;
    },
  };
}

/** A kernel without one of them has no such limit. */
async function tooLow(limits: readonly KernelLimit[]): Promise<KernelLimit[]> {
  const values = await Promise.all(
    limits.map(async ({ path }) => Number(await readFile(path, 'utf8').catch(() => Infinity))),
  );
  return limits.filter(({ least }, index) => values[index]! < least);
}
