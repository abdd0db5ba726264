/** How long a save takes as the editor does it: over HTTP, under a condition, all the way to the machine's disk and back. */
import { fileStandingSchema } from '#server/protocol/files.ts';
import { Guest, whenReady } from './client.ts';
import { type Figure, fromSamples } from './figure.ts';

const ROUNDS = 100;
/** A Dockerfile has a tenth of it, a lock file of npm some more. */
const FILE_BYTES = 16 * 1024;

export async function benchSave(url: string): Promise<Figure> {
  const guest = await Guest.signIn(url);
  const sandbox = await guest.openSandbox({ playground: true, machines: 1 });
  await whenReady(guest, sandbox);
  const path = `/api/sandboxes/${sandbox.id}/machines/node1/files?path=/root/bench.txt`;
  let condition: Record<string, string> = { 'if-none-match': '*' };
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const body = Buffer.alloc(FILE_BYTES, `round ${round}\n`);
    const started = performance.now();
    const saved = await guest.put(path, body, condition);
    samples.push(performance.now() - started);
    condition = { 'if-match': `"${fileStandingSchema.parse(await saved.json()).version}"` };
  }
  await guest.closeSandbox(sandbox.id);
  return fromSamples({ name: 'files.save_ms', unit: 'ms', samples, goals: [{ at: 'p95', most: 100 }] });
}
