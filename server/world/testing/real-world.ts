/** One real machine whose world is followed: for tests that need a true dockerd at the other end. */
import { MIB, openLab } from '#server/engine/testing/lab.ts';
import type { MachineKind, MachineRef } from '#server/engine/contract.ts';
import type { Sandbox, SandboxEvent } from '#server/sandbox/contract.ts';
import { systemClock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import { silentLog } from '../../lib/log.ts';
import { openProbes } from '../probes/open.ts';
import { openWorlds } from '../worlds.ts';

export async function openRealWorld(options: {
  images?: string[];
  kind?: MachineKind;
  lesson?: Sandbox['lesson'];
}) {
  await using open = new AsyncDisposableStack();
  const lab = open.use(await openLab());
  const { images, kind, lesson = null } = options;
  const machine = await lab.machine({
    ...(images && { images }),
    ...(kind && { kind, limits: { memoryBytes: 1024 * MIB, diskBytes: 1024 * MIB } }),
  });
  const { ref } = machine;
  const changes = new Emitter<SandboxEvent>();
  const sandbox = asSandbox(ref, lesson);
  const sandboxes = {
    all: () => [sandbox],
    get: (id: string) => (id === sandbox.id ? sandbox : null),
    on: (listener: (event: SandboxEvent) => void) => changes.on(listener),
  };
  let dials = 0;
  const dial: typeof lab.engine.dial = (...request) => {
    dials++;
    return lab.engine.dial(...request);
  };
  const listens: typeof lab.engine.listens = (...request) => lab.engine.listens(...request);
  const worlds = open.use(
    openWorlds({ engine: { dial, listens }, sandboxes, clock: systemClock, log: silentLog }),
  );
  const probes = openProbes({ engine: lab.engine, sandboxes, log: silentLog });
  const rooms = open.move();
  return {
    machine,
    sandboxes,
    sandbox,
    worlds,
    probes,
    dials: () => dials,
    world: () => worlds.get(ref.sandbox, ref.machine),
    [Symbol.asyncDispose]: () => rooms.disposeAsync(),
  };
}

/** Only what worlds and tasks ask of a sandbox. */
function asSandbox(ref: MachineRef, lesson: Sandbox['lesson']): Sandbox {
  const unused = () => {
    throw new Error('invariant: worlds do not ask a sandbox for this');
  };
  const machines = new Map([[ref.machine, ref]]);
  return {
    id: ref.sandbox,
    userId: 'ann',
    lesson,
    seed: ref.sandbox,
    state: 'ready',
    machines,
    isPresent: true,
    view: unused,
    enter: unused,
    ready: unused,
  };
}

export type RealWorld = Awaited<ReturnType<typeof openRealWorld>>;
