/** How a sandbox looks in its first moment: made of a plan, with a machine from the warm pool where one suits. */
import type { MachineRef } from '../engine/contract.ts';
import type { Clock } from '../lib/clock.ts';
import type { MachineRow } from '../store/contract.ts';
import type { SandboxPlan } from './contract.ts';
import type { SandboxLimits } from './figures.ts';
import { LiveSandbox, type SandboxHooks } from './live-sandbox.ts';

export type NewSandbox = {
  id: string;
  userId: string;
  lesson: SandboxPlan['lesson'];
  machines: MachineRow[];
  seed?: string;
  warm?: MachineRef | null;
};

export function newSandbox(
  { warm = null, ...sandbox }: NewSandbox,
  { clock, limits, hooks }: { clock: Clock; limits: SandboxLimits; hooks: SandboxHooks },
): LiveSandbox {
  const now = clock.now();
  const made = new LiveSandbox(
    {
      ...sandbox,
      state: warm ? 'preparing' : 'queued',
      terminals: null,
      createdAt: now,
      lastSeenAt: now,
      keptUntil: new Date(now.getTime() + limits.keepForMs),
    },
    {
      life: warm ? { state: 'preparing', stage: 'files', done: 0, total: 1 } : { state: 'queued' },
      isMade: false,
      isStored: false,
      limits: limits.machine,
    },
    hooks,
  );
  if (warm) made.known.set(warm.machine, warm);
  return made;
}

/** The machines of a plan before their first life. */
export function machinesOf(plan: SandboxPlan): MachineRow[] {
  return plan.machines.map(({ name, kind, images }) => ({
    name,
    generation: 1,
    images: [...images],
    ...(kind && { kind }),
  }));
}
