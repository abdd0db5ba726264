/** The labels that everything of ours bears on the outer engine, and the names made from a machine's reference. */
import type { MachineRef } from '../contract.ts';

export const LABELS = {
  instance: 'drydock.instance',
  sandbox: 'drydock.sandbox',
  machine: 'drydock.machine',
  generation: 'drydock.generation',
  /** Disk limit in bytes: the outer engine does not know it. */
  disk: 'drydock.disk',
} as const;

/** The only node of an engine that is on this host. */
export const LOCAL_NODE = 'local';

type Life = Pick<MachineRef, 'sandbox' | 'machine' | 'generation'>;

/** The generation is part of the name, so the outer engine itself refuses a stale reference with 404. */
export function containerName(instance: string, life: Life): string {
  return `drydock-${instance}-${life.sandbox}-${life.machine}-${life.generation}`;
}

export function machineLabels(instance: string, life: Life): Record<string, string> {
  return {
    [LABELS.instance]: instance,
    [LABELS.sandbox]: life.sandbox,
    [LABELS.machine]: life.machine,
    [LABELS.generation]: String(life.generation),
  };
}

/** Null where the labels are not those of a machine. */
export function refOfLabels(labels: Readonly<Record<string, string | undefined>>): MachineRef | null {
  const sandbox = labels[LABELS.sandbox];
  const machine = labels[LABELS.machine];
  const generation = Number(labels[LABELS.generation]);
  if (!sandbox || !machine || !Number.isSafeInteger(generation)) return null;
  return { node: LOCAL_NODE, sandbox, machine, generation };
}

/** A disk's name: `abcdefgh-node1-3`. */
export function diskName(life: Life): string {
  return `${life.sandbox}-${life.machine}-${life.generation}`;
}

/** Null where the name is not that of a machine's disk. */
export function lifeOfDisk(name: string): Life | null {
  const match = /^([a-z2-7]{8})-(node[1-9])-(\d{1,9})$/.exec(name);
  return match ? { sandbox: match[1]!, machine: match[2]!, generation: Number(match[3]) } : null;
}

/** A snapshot's name on disk: `abcdefgh-node1@before-lunch`. */
export function snapshotName(sandbox: string, machine: string, name: string): string {
  return `${sandbox}-${machine}@${name}`;
}

/** Null where the name is not that of a snapshot. */
export function placeOfSnapshot(entry: string): { sandbox: string; machine: string; name: string } | null {
  const match = /^([a-z2-7]{8})-(node[1-9])@([a-z0-9-]{1,40})$/.exec(entry);
  return match ? { sandbox: match[1]!, machine: match[2]!, name: match[3]! } : null;
}
