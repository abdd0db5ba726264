/** The one address of the host that machines may speak to, on a bridge without ports. */
import { readFile } from 'node:fs/promises';
import { SetUpError } from './errors.ts';
import { serviceBridgeOwner } from './host-network.ts';
import { must, run } from './run.ts';
import type { Instance } from './slot.ts';

/** The link's alias names its owner: that is how two instances tell whose slot it is. */
export async function claimServiceAddress(instance: Instance, owner: string): Promise<void> {
  const { serviceBridge: bridge, serviceAddress, slot } = instance;
  const now = await serviceBridgeOwner(instance);
  // An empty alias is a bridge of ours that an interruption left between being made and being named.
  if (now !== null && now !== '' && now !== owner)
    throw new SetUpError('slot_taken', {
      sentence: `Network slot ${slot} of this instance is in use by the instance in ${now}.`,
      wayOut: `Stop that one (DRYDOCK_DATA=${now} npm run down), or begin this one anew (npm run down -- --purge).`,
    });
  // A bridge, not a dummy device: some kernels are built without the latter.
  if (now === null) await must('ip', ['link', 'add', bridge, 'type', 'bridge']);
  await must('ip', ['link', 'set', bridge, 'alias', owner]);
  await must('ip', ['address', 'replace', `${serviceAddress}/32`, 'dev', bridge]);
  await must('ip', ['link', 'set', bridge, 'up']);
}

export async function releaseServiceAddress(instance: Instance): Promise<void> {
  await run('ip', ['link', 'delete', instance.serviceBridge]);
}

/** Cheap: reads /proc. */
export async function hasServiceAddress(instance: Instance): Promise<boolean> {
  const table = await readFile('/proc/net/fib_trie', 'utf8');
  return table.includes(`-- ${instance.serviceAddress}\n`);
}
