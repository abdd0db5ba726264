/** Ends containers without their engine: it may have crashed, and they live on. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layout } from './layout.ts';
import { endProcess, listProcesses } from './processes.ts';
import { run } from './run.ts';

const SHIM_TIMEOUT_MS = 5000;

/** All that our containerd had under it: processes, sockets, control groups. containerd must still not start them anew. */
export async function endContainers(layout: Layout): Promise<void> {
  const bundles = join(layout.containerdState, 'io.containerd.runtime.v2.task', 'moby');
  const shims = (await listProcesses()).filter(
    ({ command }) => command[0]?.includes('containerd-shim') && command.includes(layout.containerdSocket),
  );
  const known = await readdir(bundles).catch(() => []);
  const running = shims.map(({ command }) => command[command.indexOf('-id') + 1] ?? '');
  const ids = [...new Set([...known, ...running])].filter((id) => /^[0-9a-f]{64}$/.test(id));
  for (const id of ids) await endFirstProcess(join(bundles, id), id);
  for (const { pid } of shims) await endProcess(pid, SHIM_TIMEOUT_MS);
  for (const id of ids) {
    await removeShimSocket(join(bundles, id));
    await run('find', ['/sys/fs/cgroup', '-depth', '-type', 'd', '-path', `*${id}*`, '-delete']);
  }
}

/** It takes all others of its pid namespace along (pid_namespaces(7)). */
async function endFirstProcess(bundle: string, id: string): Promise<void> {
  const pid = Number(await readFile(join(bundle, 'init.pid'), 'utf8').catch(() => ''));
  // The number may have been taken over since: the group it is in must bear the container's id.
  const groups = pid > 1 ? await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '') : '';
  if (groups.includes(id)) await endProcess(pid, 0);
}

/** containerd keeps the sockets of all containerds' shims in one place; each bundle says which is its own. */
async function removeShimSocket(bundle: string): Promise<void> {
  const address = await readFile(join(bundle, 'address'), 'utf8').catch(() => '');
  const path = /^unix:\/\/(\/run\/containerd\/s\/[0-9a-f]{64})$/.exec(address.trim())?.[1];
  if (path) await rm(path, { force: true });
}
