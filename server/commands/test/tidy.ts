/** Purges the tests' instance and fails when anything of it is left on the host. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { testConfig } from '#server/host/testing/test-host.ts';
import { run } from './step.ts';
import { findTraces } from './traces.ts';

const { dataDirectory } = testConfig();
const slot = await readSlot();
const before = await findTraces({ dataDirectory, slot });
const code = await run([process.execPath, 'server/commands/down.ts', '--purge'], {
  DRYDOCK_DATA: dataDirectory,
});
const left = await findTraces({ dataDirectory, slot });
process.stdout.write(
  `${before.length} traces before, ${left.length} after\n${left.map((line) => `${line}\n`).join('')}`,
);
// Nothing before would mean that this looks in the wrong place.
process.exitCode = code === 0 && before.length > 0 && left.length === 0 ? 0 : 1;

/** Null when set-up never came as far as choosing one. */
async function readSlot(): Promise<number | null> {
  const text = await readFile(join(dataDirectory, 'instance.json'), 'utf8').catch(() => null);
  return text === null ? null : z.object({ slot: z.int() }).parse(JSON.parse(text)).slot;
}
