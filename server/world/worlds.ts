/** Keeps one watch for every machine that is up in a sandbox, and tells what changes in any of them. */
import type { Engine, MachineRef } from '#server/engine/contract.ts';
import type { Sandboxes } from '#server/sandbox/contract.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Log } from '../lib/log.ts';
import type { WorldEvent, Worlds } from './contract.ts';
import { MachineWatch } from './watch.ts';

const DOCKER_SOCKET = '/var/run/docker.sock';

export type WorldsOptions = {
  engine: Pick<Engine, 'dial' | 'listens'>;
  sandboxes: Pick<Sandboxes, 'all' | 'on'>;
  clock: Clock;
  log: Log;
};

export function openWorlds({ engine, sandboxes, clock, log }: WorldsOptions): Worlds & AsyncDisposable {
  const events = new Emitter<WorldEvent>();
  const watches = new Map<string, { ref: MachineRef; watch: MachineWatch }>();
  const closing = new Set<Promise<void>>();
  const roomLog = log.for('world');

  const stop = (key: string) => {
    const old = watches.get(key);
    if (!old) return;
    watches.delete(key);
    const ended = old.watch[Symbol.asyncDispose]().finally(() => closing.delete(ended));
    closing.add(ended);
  };

  const start = (ref: MachineRef) => {
    const { sandbox, machine } = ref;
    const key = keyOf(sandbox, machine);
    // Up again means that its engine has been started anew: the old connection is of no more use.
    stop(key);
    const watch = new MachineWatch({
      dial: () => engine.dial(ref, { socket: DOCKER_SOCKET }),
      listens: (signal) => engine.listens(ref, { socket: DOCKER_SOCKET }, signal),
      clock,
      log: roomLog,
      changed: (world, diff) => {
        if (watches.get(key)?.watch === watch) events.emit({ sandbox, machine, world, diff });
      },
    });
    watches.set(key, { ref, watch });
  };

  const unsubscribe = sandboxes.on((event) => {
    if (event.type === 'machine-up') start(event.ref);
    else if (event.type === 'machine-down') stop(keyOf(event.ref.sandbox, event.ref.machine));
    else if (
      event.type === 'changed' &&
      (event.sandbox.state === 'asleep' || event.sandbox.state === 'closed')
    )
      for (const [key, { ref }] of watches) if (ref.sandbox === event.sandbox.id) stop(key);
  });
  for (const sandbox of sandboxes.all()) for (const ref of sandbox.machines.values()) start(ref);

  return {
    get: (sandbox, machine) => watches.get(keyOf(sandbox, machine))?.watch.world ?? null,
    on: (listener) => events.on(listener),
    async [Symbol.asyncDispose]() {
      unsubscribe();
      for (const key of watches.keys()) stop(key);
      await Promise.all(closing);
    },
  };
}

const keyOf = (sandbox: string, machine: string) => `${sandbox}/${machine}`;
