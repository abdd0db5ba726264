/** Numbers about sandboxes for whoever watches the house: each limit stands beside what is used of it. */
import type { MachineLimits } from '../engine/contract.ts';
import type { SandboxState } from '../protocol/sandbox.ts';
import { NOBODY } from './contract.ts';
import type { LiveSandbox } from './live-sandbox.ts';
import type { Turns } from './turns.ts';
import type { WarmPool } from './warm-pool.ts';

export type SandboxLimits = {
  /** Machines awake at once; null: chosen from the memory. */
  capacity: number | null;
  /** Machines made ahead. */
  warmMachines: number;
  /** With nobody present for so long, a sandbox goes to sleep. */
  sleepAfterMs: number;
  /** With nobody back for so long, it is closed. */
  keepForMs: number;
  sandboxesPerUser: number;
  machine: MachineLimits;
};

export type SandboxFigures = {
  states: Record<Exclude<SandboxState, 'closed'>, number>;
  /** Sandboxes with somebody present. */
  present: number;
  /** Machines made ahead and free. */
  warm: number;
  /** Machines that are being made ahead, or taken away. */
  warming: number;
  /** Machines awake, those made ahead included. */
  awake: number;
  waiting: number;
  /** The most sandboxes that one user has. */
  mostOfOneUser: number;
  limits: {
    capacity: number;
    warmMachines: number;
    sandboxesPerUser: number;
    sleepAfterMs: number;
    keepForMs: number;
  };
};

export function figuresOf(
  sandboxes: readonly LiveSandbox[],
  turns: Turns,
  pool: WarmPool,
  limits: SandboxLimits,
): SandboxFigures {
  const count = (state: SandboxState) => sandboxes.filter((sandbox) => sandbox.state === state).length;
  const perUser = new Map<string, number>();
  for (const { userId } of sandboxes)
    if (userId !== NOBODY) perUser.set(userId, (perUser.get(userId) ?? 0) + 1);
  return {
    states: {
      queued: count('queued'),
      preparing: count('preparing'),
      ready: count('ready'),
      asleep: count('asleep'),
    },
    present: sandboxes.filter(({ isPresent }) => isPresent).length,
    warm: pool.figures.ready,
    warming: pool.figures.making,
    awake: turns.used,
    waiting: turns.waiting,
    mostOfOneUser: Math.max(0, ...perUser.values()),
    limits: {
      capacity: turns.capacity,
      warmMachines: limits.warmMachines,
      sandboxesPerUser: limits.sandboxesPerUser,
      sleepAfterMs: limits.sleepAfterMs,
      keepForMs: limits.keepForMs,
    },
  };
}
