/** What the sandbox room is told, what it offers beyond its contract, and how many machines fit on a host. */
import type { Engine, MachineLimits, MachineRef, NodeState } from '../engine/contract.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { LessonKey } from '../protocol/ids.ts';
import type { Store } from '../store/contract.ts';
import type { Past, SandboxPlan, Sandboxes } from './contract.ts';
import type { SandboxFigures, SandboxLimits } from './figures.ts';

export type SandboxesOptions = {
  engine: Engine;
  store: Pick<Store, 'sandboxes'>;
  limits: SandboxLimits;
  clock: Clock;
  log: Log;
  /** What this sandbox must contain, with its learner's own values; null where its lesson is gone. */
  planFor?: (lesson: LessonKey | null, seed: string) => SandboxPlan | null;
  /** True for an id that is no sandbox and still has snapshots: they stay. */
  isKept?: (id: string) => boolean;
  /** Image sets worth a machine made ahead, the likeliest first. */
  expectedImages?: readonly (readonly string[])[];
  /** Called for each new machine before a learner sees it, also for those made ahead. */
  onMachineReady?: (sandbox: string, ref: MachineRef) => Promise<void>;
};

export interface SandboxRoom extends Sandboxes, AsyncDisposable {
  readonly past: Past;
  figures(): SandboxFigures;
  /** Resolves when nothing is under way in the background. */
  settled(): Promise<void>;
}

/** Left to the server, the outer engine and the host itself. */
const RESERVED_BYTES = 1024 ** 3;
/** Machines seldom use their whole limit at the same time: half of it each is what busy lessons reach. */
const SHARE_OF_LIMIT = 0.5;

export function capacityFor(nodes: readonly NodeState[], machine: MachineLimits): number {
  const memoryBytes = nodes.reduce((sum, node) => sum + node.memoryTotalBytes, 0);
  return Math.max(1, Math.floor((memoryBytes - RESERVED_BYTES) / (machine.memoryBytes * SHARE_OF_LIMIT)));
}
