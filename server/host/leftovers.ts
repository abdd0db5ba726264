/** Ends what a set-up that was killed left working: builders of images go on writing otherwise. */
import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Layout } from './layout.ts';
import { endProcess, listProcesses, type HostProcess } from './processes.ts';

const ALL_GONE_MS = 10_000;

export async function endLeftovers(layout: Layout): Promise<void> {
  // One that is ended may have just started another.
  for (const deadline = Date.now() + ALL_GONE_MS; Date.now() < deadline; await pause(50)) {
    const left = await findLeftovers(layout);
    if (left.length === 0) return;
    for (const { pid } of left) await endProcess(pid, 0);
  }
}

/** It works on our image or artifacts, or in a root that lies in our directory. */
async function findLeftovers(layout: Layout): Promise<HostProcess[]> {
  const places = [layout.poolImage, join(layout.root, 'artifacts')];
  const looked = await Promise.all(
    (await listProcesses()).map(async (entry) => {
      // Gone meanwhile: none of ours any more.
      const root = await readlink(`/proc/${entry.pid}/root`).catch(() => '/');
      const works = entry.command.some((argument) => places.some((place) => argument.includes(place)));
      return root.startsWith(`${layout.root}/`) || works ? entry : null;
    }),
  );
  return looked.filter((entry) => entry !== null).filter(({ pid }) => pid !== process.pid);
}
