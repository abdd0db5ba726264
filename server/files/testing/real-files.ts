/** One real machine with its files: for tests that need the true helper and a true kernel under it. */
import type { Engine } from '#server/engine/contract.ts';
import { type Machine, MIB, openLab } from '#server/engine/testing/lab.ts';
import type { Sandbox, SandboxEvent } from '#server/sandbox/contract.ts';
import { systemClock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import { silentLog } from '../../lib/log.ts';
import { openFiles } from '../files.ts';

export async function openRealFiles() {
  await using open = new AsyncDisposableStack();
  const lab = open.use(await openLab());
  const machine = await lab.machine({ limits: { diskBytes: 400 * MIB } });
  const { sandbox } = machine.ref;
  let isUp = true;
  const events = new Emitter<SandboxEvent>();
  const there = () => asSandbox(machine, isUp);
  const sandboxes = {
    get: (id: string) => (id === sandbox ? there() : null),
    on: (listener: (event: SandboxEvent) => void) => events.on(listener),
  };
  let starts = 0;
  const exec: Engine['exec'] = (...request) => {
    starts++;
    return lab.engine.exec(...request);
  };
  const files = open.use(openFiles({ engine: { exec }, sandboxes, clock: systemClock, log: silentLog }));
  const rooms = open.move();
  return {
    machine,
    files,
    sandbox,
    at: (path: string) => ({ sandbox, machine: machine.ref.machine, path }),
    /** How many helpers have been started. */
    starts: () => starts,
    async sleep(): Promise<void> {
      isUp = false;
      await lab.engine.stopMachine(machine.ref);
      events.emit({ type: 'machine-down', sandbox: there(), ref: machine.ref });
    },
    async wake(): Promise<void> {
      await lab.engine.startMachine(machine.ref);
      isUp = true;
      events.emit({ type: 'machine-up', sandbox: there(), ref: machine.ref });
    },
    [Symbol.asyncDispose]: () => rooms.disposeAsync(),
  };
}

export type RealFiles = Awaited<ReturnType<typeof openRealFiles>>;

/** Only what the files room asks of a sandbox. */
function asSandbox({ ref }: Machine, isUp: boolean): Sandbox {
  const unused = () => {
    throw new Error('invariant: files do not ask a sandbox for this');
  };
  const size = { memoryBytes: 0, memoryLimitBytes: 0, diskBytes: 0, diskLimitBytes: 0 };
  const state = isUp ? 'ready' : 'asleep';
  return {
    id: ref.sandbox,
    userId: 'ann',
    lesson: null,
    seed: ref.sandbox,
    state,
    machines: new Map(isUp ? [[ref.machine, ref]] : []),
    isPresent: true,
    view: () => ({
      id: ref.sandbox,
      lesson: null,
      state,
      queue: null,
      preparing: null,
      machines: [{ name: ref.machine, ...size }],
      step: null,
      createdAt: '2030-01-01T00:00:00Z',
      keptUntil: '2030-01-08T00:00:00Z',
    }),
    enter: unused,
    ready: unused,
  };
}
