/** A learner's real machine, the traces of its engine, and the room that reads its builds. */
import { openLab } from '#server/engine/testing/lab.ts';
import { SERVICE_PORTS } from '#server/host/contract.ts';
import type { Sandbox, SandboxEvent } from '#server/sandbox/contract.ts';
import { openTraces } from '#server/trace/traces.ts';
import { systemClock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import { silentLog } from '../../lib/log.ts';
import type { Build, BuildNote } from '../../protocol/builds.ts';
import { openBuilds } from '../builds.ts';

export async function openRealBuilds(images: string[]) {
  await using open = new AsyncDisposableStack();
  const lab = open.use(await openLab());
  const machine = await lab.machine({ images });
  const { sandbox: id } = machine.ref;
  const sandbox = { id, state: 'ready', machines: new Map([[machine.ref.machine, machine.ref]]) };
  const changes = new Emitter<SandboxEvent>();
  const sandboxes = {
    all: () => [sandbox as unknown as Sandbox],
    on: (listener: (event: SandboxEvent) => void) => changes.on(listener),
  };
  const parts = { engine: lab.engine, sandboxes, clock: systemClock };
  const traces = open.use(
    await openTraces({
      ...parts,
      onCommand: () => () => {},
      listen: { host: lab.settings.serviceAddress, port: SERVICE_PORTS.trace },
    }),
  );
  const spans = new Set<string>();
  traces.on((event) => event.spans.forEach(({ name }) => spans.add(name)));
  const room = () =>
    openBuilds({
      ...parts,
      log: silentLog,
      onSolved: (listener) =>
        traces.on((event) => {
          if (event.spans.some(({ name }) => name.endsWith('Control/Solve'))) listener(event);
        }),
    });
  const builds = open.use(room());
  const rooms = open.move();
  return {
    machine,
    builds,
    room,
    id,
    /** Names of all that the engine has told of so far. */
    spans,
    /** Runs it, and waits until it has been told of so many builds. */
    async build(
      line: string,
      amount = 1,
    ): Promise<{ newest: Build; notes: BuildNote[]; code: number; output: string }> {
      const notes: BuildNote[] = [];
      const told = new Promise<void>((resolve) => {
        const end = builds.on(({ note }) => {
          if (notes.push(note) < amount) return;
          end();
          resolve();
        });
      });
      const { code, output } = await machine.tries(line);
      await told;
      return { newest: (await builds.of(id))[0]!, notes, code, output };
    },
    [Symbol.asyncDispose]: () => rooms.disposeAsync(),
  };
}

export type RealBuilds = Awaited<ReturnType<typeof openRealBuilds>>;
