/** A sandbox room on a fake engine, a fake store and a clock that is turned by hand. */
import { FakeClock } from '../../lib/clock.ts';
import { silentLog } from '../../lib/log.ts';
import type { SandboxEvent, SandboxPlan } from '../contract.ts';
import type { SandboxLimits } from '../figures.ts';
import type { SandboxesOptions } from '../room.ts';
import { openSandboxes } from '../sandboxes.ts';
import { FakeEngine } from './fake-engine.ts';
import { createFakeStore, type FakeStore } from './fake-store.ts';

export const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export const LIMITS: SandboxLimits = {
  capacity: 4,
  warmMachines: 0,
  sleepAfterMs: 15 * MINUTE_MS,
  keepForMs: 7 * DAY_MS,
  sandboxesPerUser: 3,
  machine: { memoryBytes: 1e9, pids: 1000, cpus: 1, diskBytes: 2e9 },
};

/** A lesson with one machine, and files where `files` are given. */
export function planOf(
  lesson: string,
  options: { images?: string[]; files?: string[]; machines?: number } = {},
): SandboxPlan {
  const files = (options.files ?? []).map((path) => ({ path, content: Buffer.from('x'), executable: false }));
  return {
    lesson: { course: 'course', lesson },
    machines: Array.from({ length: options.machines ?? 1 }, (_, index) => ({
      name: `node${index + 1}`,
      images: options.images ?? [],
      files,
    })),
  };
}

export async function openRoom(
  options: Partial<Omit<SandboxesOptions, 'limits'>> & {
    limits?: Partial<SandboxLimits>;
    engine?: FakeEngine;
    store?: FakeStore;
    clock?: FakeClock;
  } = {},
) {
  const engine = options.engine ?? new FakeEngine();
  const store = options.store ?? createFakeStore();
  const clock = options.clock ?? new FakeClock();
  const limits = { ...LIMITS, ...options.limits };
  const sandboxes = await openSandboxes({ log: silentLog, ...options, engine, store, clock, limits });
  const events: SandboxEvent[] = [];
  sandboxes.on((event) => events.push(event));
  const notices = () => events.flatMap((event) => (event.type === 'notice' ? [event.notice] : []));
  /** Background work runs to its end, with what the clock owes it already. */
  const settle = async () => {
    await clock.advance(0);
    await sandboxes.settled();
    await clock.advance(0);
    await sandboxes.settled();
  };
  await settle();
  return { engine, store, clock, sandboxes, events, notices, settle };
}
