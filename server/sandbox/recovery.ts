/** What a starting server finds: machines outlive it, so sandboxes are taken over as they are. */
import type { Engine, MachineRecord } from '../engine/contract.ts';
import type { SandboxRecord, SandboxTable } from '../store/contract.ts';
import { LiveSandbox, type SandboxHooks } from './live-sandbox.ts';
import type { SandboxLimits } from './figures.ts';

export async function recover(options: {
  engine: Engine;
  table: SandboxTable;
  limits: SandboxLimits;
  hooks: SandboxHooks;
}): Promise<LiveSandbox[]> {
  const [records, machines] = await Promise.all([options.table.live(), options.engine.machines()]);
  return records.map((record) => adopt(record, machines, options));
}

/** Ready when every machine of it runs; else asleep, and the next visit wakes or makes what is missing. */
function adopt(
  record: SandboxRecord,
  machines: readonly MachineRecord[],
  { limits, hooks }: { limits: SandboxLimits; hooks: SandboxHooks },
): LiveSandbox {
  // Files may be missing in what was being made when the last server ended: that is made anew.
  const isMade = record.state === 'ready' || record.state === 'asleep';
  const found = record.machines.flatMap(({ name, generation }) =>
    machines.filter(
      ({ ref }) => ref.sandbox === record.id && ref.machine === name && ref.generation === generation,
    ),
  );
  const isUp =
    record.state === 'ready' &&
    found.length === record.machines.length &&
    found.every(({ running }) => running);
  const life = { state: isUp ? ('ready' as const) : ('asleep' as const) };
  const sandbox = new LiveSandbox(record, { life, isMade, isStored: true, limits: limits.machine }, hooks);
  for (const { ref } of found) sandbox.known.set(ref.machine, ref);
  if (isUp) for (const { ref } of found) sandbox.up.set(ref.machine, ref);
  return sandbox;
}
