/** Two learners' real machines, terminals in the first one, and the address at which their engines leave their traces. */
import { openLab, type Machine } from '#server/engine/testing/lab.ts';
import { SERVICE_PORTS } from '#server/host/contract.ts';
import type { Sandbox, SandboxEvent } from '#server/sandbox/contract.ts';
import { openTerminals } from '#server/terminal/terminals.ts';
import { openWorlds } from '#server/world/worlds.ts';
import { systemClock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import { silentLog } from '../../lib/log.ts';

export async function openRealTrace(options: { images: string[]; lesson: Sandbox['lesson'] }) {
  await using open = new AsyncDisposableStack();
  const lab = open.use(await openLab());
  const ann = await lab.machine({ images: options.images });
  const bob = await lab.machine({ images: options.images });
  const changes = new Emitter<SandboxEvent>();
  const all = [asSandbox(ann, options.lesson), asSandbox(bob, null)];
  const sandboxes = {
    all: () => all,
    get: (id: string) => all.find((sandbox) => sandbox.id === id) ?? null,
    on: (listener: (event: SandboxEvent) => void) => changes.on(listener),
  };
  const { engine } = lab;
  const parts = { sandboxes, clock: systemClock, log: silentLog };
  const terminals = open.use(
    openTerminals({ ...parts, engine, secret: 'of these tests', limits: { terminalsPerMachine: 8 } }),
  );
  const worlds = open.use(openWorlds({ ...parts, engine }));
  const rooms = open.move();
  return {
    engine,
    ann,
    bob,
    sandboxes,
    terminals,
    worlds,
    listen: { host: lab.settings.serviceAddress, port: SERVICE_PORTS.trace },
    [Symbol.asyncDispose]: () => rooms.disposeAsync(),
  };
}

export type RealTrace = Awaited<ReturnType<typeof openRealTrace>>;

/** Only what these rooms ask of a sandbox. */
function asSandbox({ ref }: Machine, lesson: Sandbox['lesson']): Sandbox {
  const parts = { id: ref.sandbox, userId: 'ann', lesson, state: 'ready', isPresent: true };
  return { ...parts, machines: new Map([[ref.machine, ref]]) } as unknown as Sandbox;
}
