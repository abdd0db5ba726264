/** Step: the data directory, and in it the file that says which slot this instance has. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Step } from './contract.ts';
import { SetUpError } from './errors.ts';
import type { Layout } from './layout.ts';
import { withLock } from './lock.ts';
import { readHostNetwork, serviceBridgeOwner } from './host-network.ts';
import { claimServiceAddress } from './service-address.ts';
import { chooseSlot, firstSlot, instanceOf, type Instance } from './slot.ts';

const instanceFileSchema = z.strictObject({ version: z.literal(1), slot: z.int().min(1).max(254) });

/** Null where there is no instance yet. */
export async function readInstance(layout: Layout): Promise<Instance | null> {
  const text = await readFile(layout.instanceFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return instanceOf(instanceFileSchema.parse(JSON.parse(text)).slot);
  } catch (cause) {
    throw new SetUpError('bad_instance_file', {
      sentence: `${layout.instanceFile} cannot be read: it should say {"version":1,"slot":213}.`,
      wayOut:
        'Put that back with the number in the name of the bridge (ip link | grep svc), or run "npm run down -- --purge".',
      cause,
    });
  }
}

export function instanceStep(layout: Layout): Step<Instance> {
  return {
    title: 'Data directory',
    async check() {
      const instance = await readInstance(layout);
      const owner = instance && (await serviceBridgeOwner(instance));
      return owner === layout.root ? instance : null;
    },
    async apply(progress) {
      for (const directory of [layout.root, layout.run, layout.log])
        await mkdir(directory, { recursive: true, mode: 0o711 });
      // The slot is taken by making its bridge; nobody else may look for a free one meanwhile.
      return withLock('slot', async () => {
        const instance = (await readInstance(layout)) ?? (await choose(layout));
        await claimServiceAddress(instance, layout.root);
        progress(`slot ${instance.slot}, network ${instance.subnet}`);
        const text = `${JSON.stringify({ version: 1, slot: instance.slot })}\n`;
        await writeFile(`${layout.instanceFile}.new`, text);
        await rename(`${layout.instanceFile}.new`, layout.instanceFile);
        return instance;
      });
    },
  };
}

async function choose(layout: Layout): Promise<Instance> {
  const slot = chooseSlot(firstSlot(layout.root), await readHostNetwork());
  if (slot !== null) return instanceOf(slot);
  throw new SetUpError('no_free_slot', {
    sentence:
      'Every network from 10.128.0.0/16 to 10.254.0.0/16 collides with an address or a route of this host.',
    wayOut:
      'Stop an instance that you no longer need (npm run down -- --purge), or free one of these networks.',
  });
}
