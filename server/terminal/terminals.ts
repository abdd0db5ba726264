/** All terminals of all sandboxes: opens a hub where somebody looks, drops it where nobody does. */
import type { Engine, MachineRef } from '../engine/contract.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Log } from '../lib/log.ts';
import type { Command } from '../protocol/feed.ts';
import type { Sandboxes } from '../sandbox/contract.ts';
import { TerminalError, type TerminalKey, type Terminals } from './contract.ts';
import { HolderLink, type ScreenSize } from './holder-link.ts';
import { Hub } from './hub.ts';
import { nonceOf } from './nonce.ts';
import type { CommandEnded } from './shell-marks.ts';
import { endShell, startShell } from './start-shell.ts';
import { TerminalNames } from './terminal-names.ts';

/** How a shell ends whose terminal is switched off: by SIGHUP. */
const HUNG_UP = 129;
/** A class that looks over one shoulder fits; a page gone wild does not. */
const VIEWERS_PER_TERMINAL = 32;

export type TerminalsOptions = {
  engine: Pick<Engine, 'exec' | 'run'>;
  sandboxes: Pick<Sandboxes, 'get' | 'on'>;
  /** Makes the nonces; must be the same after a restart. */
  secret: string;
  limits: { terminalsPerMachine: number };
  clock: Clock;
  log: Log;
};

export function openTerminals(options: TerminalsOptions): Terminals & AsyncDisposable {
  const { engine, sandboxes, clock } = options;
  const log = options.log.for('terminal');
  const hubs = new Map<string, Hub>();
  const names = new TerminalNames(options.limits.terminalsPerMachine);
  const commands = new Emitter<{ sandbox: string; command: Command }>();

  const machineOf = (key: TerminalKey): MachineRef => {
    const ref = sandboxes.get(key.sandbox)?.machines.get(key.machine);
    if (!ref) throw new TerminalError('machine_unreachable', `The machine ${key.machine} is not up.`);
    return ref;
  };

  const connect = async (key: TerminalKey, size: ScreenSize) => {
    const ref = machineOf(key);
    const place = { ref, terminal: key.terminal, nonce: nonceOf(options.secret, key) };
    return { link: await HolderLink.open({ engine, place, size }), life: ref.generation };
  };

  const openHub = (key: TerminalKey, size: ScreenSize): Hub => {
    const id = idOf(key);
    const forget = () => {
      if (hubs.get(id) === hub) hubs.delete(id);
    };
    const hub = new Hub({
      connect: (now) => connect(key, now),
      nonce: nonceOf(options.secret, key),
      size,
      toldTo: names.toldTo(key),
      onCommand: (ended) => commands.emit({ sandbox: key.sandbox, command: commandOf(key, ended) }),
      onExit: () => {
        forget();
        names.remove(key);
      },
      onIdle: (toldTo) => {
        forget();
        names.setToldTo(key, toldTo);
      },
      clock,
      log,
    });
    hubs.set(id, hub);
    return hub;
  };

  /** All that begin so: of one machine, or of a whole sandbox. */
  const drop = (prefix: string, how: (hub: Hub) => void) => {
    for (const [id, hub] of hubs) {
      if (!id.startsWith(prefix)) continue;
      hubs.delete(id);
      how(hub);
    }
  };

  const stopListening = sandboxes.on((event) => {
    if (event.type === 'machine-up') {
      for (const [id, hub] of hubs)
        if (id.startsWith(`${event.sandbox.id}/${event.ref.machine}/`)) hub.machineUp();
    } else if (event.type === 'changed' && event.sandbox.state === 'closed') {
      names.removeAll(event.sandbox.id);
      drop(`${event.sandbox.id}/`, (hub) => hub.close());
    } else if (event.type === 'machine-removed') {
      names.removeAll(event.sandbox.id, event.machine);
      drop(`${event.sandbox.id}/${event.machine}/`, (hub) => hub.end(HUNG_UP));
    }
  });

  return {
    async attach(key, viewer, events) {
      if (!sandboxes.get(key.sandbox))
        throw new TerminalError('machine_unreachable', 'The sandbox is closed.');
      const size = { cols: viewer.cols, rows: viewer.rows };
      names.add(key);
      const hub = hubs.get(idOf(key)) ?? openHub(key, size);
      if (hub.viewers >= VIEWERS_PER_TERMINAL)
        throw new TerminalError('too_many_terminals', 'Too many look at this terminal.');
      return hub.add(viewer, events);
    },

    async prepare(key) {
      const ref = machineOf(key);
      names.add(key);
      try {
        await startShell({ engine, secret: options.secret }, ref, key.terminal);
      } catch (error) {
        names.remove(key);
        throw error;
      }
    },

    async end(key) {
      // First ours, or it would take the end for a lost connection and start a new shell.
      const hub = hubs.get(idOf(key));
      hubs.delete(idOf(key));
      hub?.end(HUNG_UP);
      names.remove(key);
      const ref = sandboxes.get(key.sandbox)?.machines.get(key.machine);
      try {
        if (ref) await endShell(engine, ref, key.terminal);
      } catch (error) {
        log.warn('a shell was not ended', { ...key, error });
      }
    },

    names: (sandbox, machine) => names.of(sandbox, machine),
    tail: (key) => hubs.get(idOf(key))?.tail ?? null,
    onCommand: (listener) => commands.on(listener),

    async [Symbol.asyncDispose]() {
      stopListening();
      for (const hub of hubs.values()) hub.close();
      hubs.clear();
    },
  };
}

function idOf(key: TerminalKey): string {
  return `${key.sandbox}/${key.machine}/${key.terminal}`;
}

function commandOf(key: TerminalKey, { line, exitCode, startedAt, durationMs }: CommandEnded): Command {
  const { machine, terminal } = key;
  return { machine, terminal, line, exitCode, startedAt: startedAt.toISOString(), durationMs };
}
