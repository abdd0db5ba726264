import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MachineGroups } from './cgroup-paths.ts';
import { handOver, readUse, thaw } from './cgroups.ts';

/** Giving files away needs root; without it they are given to ourselves, and only the writing is tried. */
const isRoot = process.getuid!() === 0;
const TENANT = isRoot ? 100_000 : process.getuid!();

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'groups-'));
});
afterEach(() => rm(root, { recursive: true }));

async function lay(files: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

const read = (path: string) => readFile(join(root, path), 'utf8');
const owner = async (path: string) => (await stat(join(root, path))).uid;
const v2 = (): MachineGroups => ({ version: 2, directories: [{ controllers: [], path: root }] });
const v1 = (...names: string[]): MachineGroups => ({
  version: 1,
  directories: names.map((name) => ({ controllers: [name], path: join(root, name) })),
});

test('on v2 the tenant gets the group, never its limits, and cannot make groups without end', async () => {
  const limits = ['memory.max', 'memory.oom.group', 'pids.max', 'cpu.max'];
  const delegated = ['cgroup.procs', 'cgroup.threads', 'cgroup.subtree_control'];
  await lay(Object.fromEntries([...limits, ...delegated].map((name) => [name, ''])));
  await lay({ 'cgroup.max.descendants': 'max', 'cgroup.max.depth': 'max' });
  await handOver(v2(), TENANT);
  expect([await read('cgroup.max.descendants'), await read('cgroup.max.depth')]).toEqual(['500', '8']);
  for (const path of [...delegated, '.']) expect([path, await owner(path)]).toEqual([path, TENANT]);
  const ours = [...limits, 'cgroup.max.descendants', 'cgroup.max.depth'];
  for (const path of ours) expect([path, await owner(path)]).toEqual([path, process.getuid!()]);
});

test('on v1 each hierarchy is handed over without its limits', async () => {
  for (const name of ['memory', 'pids', 'cpu'])
    await lay({ [`${name}/cgroup.procs`]: '', [`${name}/tasks`]: '', [`${name}/${name}.limit`]: '' });
  await handOver(v1('memory', 'pids', 'cpu'), TENANT);
  expect(await owner('pids')).toBe(TENANT);
  expect(await owner('memory/tasks')).toBe(TENANT);
  expect(await owner('memory/memory.limit')).toBe(process.getuid!());
});

test('thawing reaches every group below, however deep', async () => {
  await lay({ 'cgroup.freeze': '1', 'init/cgroup.freeze': '1', 'user/a/b/cgroup.freeze': '1' });
  await thaw(v2());
  for (const path of ['cgroup.freeze', 'init/cgroup.freeze', 'user/a/b/cgroup.freeze'])
    expect([path, await read(path)]).toEqual([path, '0']);
  await lay({ 'freezer/freezer.state': 'FROZEN', 'freezer/ice/freezer.state': 'FROZEN' });
  await thaw(v1('freezer'));
  expect(await read('freezer/ice/freezer.state')).toBe('THAWED');
});

test('memory is told without the page cache that can go at once', async () => {
  const stat = 'anon 1\ninactive_file 300\ntotal_inactive_file 400\n';
  await lay({ 'memory.current': '1000\n', 'memory.stat': stat, 'pids.current': '7\n' });
  expect(await readUse(v2())).toEqual({ memoryBytes: 700, pids: 7 });
  await lay({ 'memory/memory.usage_in_bytes': '1000', 'memory/memory.stat': stat, 'pids/pids.current': '9' });
  expect(await readUse(v1('memory', 'pids'))).toEqual({ memoryBytes: 600, pids: 9 });
});
