/** Quotas of the pool on a real btrfs: the kernel may give up counting, and disks stay bounded all the same. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MIB, openLab, type Lab } from '../testing/lab.ts';

let lab: Lab;
let groups: string;
beforeAll(async () => {
  lab = await openLab();
  const shown = btrfs('filesystem', 'show', '--raw', lab.settings.poolDirectory);
  groups = join('/sys/fs/btrfs', /uuid: (\S+)/.exec(shown)![1]!, 'qgroups');
}, 600_000);
afterAll(() => lab?.[Symbol.asyncDispose]());

const btrfs = (...command: string[]) => execFileSync('btrfs', command, { encoding: 'utf8', stdio: 'pipe' });
const hasLostCount = async () => (await readFile(join(groups, 'inconsistent'), 'utf8')).trim() === '1';

test('a pool that lost count of its disks counts anew with the next machine, and bounds it', async () => {
  const threshold = join(groups, 'drop_subtree_threshold');
  const usual = await readFile(threshold, 'utf8');
  const first = await lab.machine({ images: ['nginx'] });
  try {
    // Of a deleted tree that is deeper than this the kernel counts nothing any more, nor of any other.
    await writeFile(threshold, '0');
    await lab.engine.removeMachine(first.ref);
    btrfs('subvolume', 'sync', lab.settings.poolDirectory);
    expect(await hasLostCount()).toBe(true);
  } finally {
    await writeFile(threshold, usual);
  }
  const machine = await lab.machine({ limits: { diskBytes: 100 * MIB } });
  await expect.poll(hasLostCount).toBe(false);
  await machine.runs('dd if=/dev/urandom of=/root/part bs=1M count=50 status=none && sync -f /root');
  expect((await lab.engine.usage(machine.ref)).diskBytes).toBeGreaterThan(45 * MIB);
  const { code, output } = await machine.tries('dd if=/dev/urandom of=/root/rest bs=1M count=100');
  expect([code, /quota|No space/i.test(output)]).toEqual([1, true]);
});
