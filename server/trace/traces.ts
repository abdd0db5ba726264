/** Traces of all machines that a learner has: takes in what their engines tell, and what was typed in their terminals. */
import type { Engine } from '#server/engine/contract.ts';
import type { Sandboxes } from '#server/sandbox/contract.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter, type Unsubscribe } from '../lib/emitter.ts';
import type { Command } from '../protocol/feed.ts';
import type { Span, TraceCounts, Traces } from './contract.ts';
import { MachineTrace } from './machine-trace.ts';
import { openReceiver } from './receiver.ts';
import type { Place } from './senders.ts';

export type TracesOptions = {
  engine: Pick<Engine, 'machineAt'>;
  sandboxes: Pick<Sandboxes, 'all' | 'on'>;
  /** The terminals' command events; a plain subscription, so that this room knows no terminals. */
  onCommand(listener: (event: { sandbox: string; command: Command }) => void): Unsubscribe;
  /** Where machines find us. */
  listen: { host: string; port: number };
  clock: Clock;
};

/** `sinceMs`: what began before it was not the learner's doing, but the making of the machine. */
type Live = { sinceMs: number; trace: MachineTrace };

/** Rejects with TraceError where the address is taken. */
export async function openTraces(
  options: TracesOptions,
): Promise<Traces & AsyncDisposable & { port: number }> {
  const { engine, sandboxes, clock } = options;
  const events = new Emitter<Place & { spans: readonly Span[] }>();
  const live = new Map<string, Live>();
  const counts: TraceCounts = { received: 0, refused: 0, dropped: 0 };

  const begin = (place: Place) => {
    const trace = live.get(keyOf(place))?.trace ?? new MachineTrace();
    live.set(keyOf(place), { sinceMs: clock.now().getTime(), trace });
  };

  const take = (place: Place, spans: Span[], dropped: number) => {
    const here = live.get(keyOf(place));
    const wanted = here ? spans.filter(({ startedAtMs }) => startedAtMs >= here.sinceMs) : [];
    counts.received += wanted.length;
    counts.dropped += dropped + spans.length - wanted.length;
    if (!here || wanted.length === 0) return;
    here.trace.take(wanted);
    events.emit({ sandbox: place.sandbox, machine: place.machine, spans: wanted });
  };

  const ofSandbox = (sandbox: string) => [...live].filter(([key]) => key.startsWith(`${sandbox}/`));
  const unsubscribe = [
    sandboxes.on((event) => {
      if (event.type === 'machine-up') begin(event.ref);
      if (event.type === 'machine-removed')
        live.delete(keyOf({ sandbox: event.sandbox.id, machine: event.machine }));
      if (event.type !== 'changed') return;
      const { id, state } = event.sandbox;
      if (state === 'asleep') for (const [, { trace }] of ofSandbox(id)) trace.forgetSpans();
      if (state === 'closed') for (const [key] of ofSandbox(id)) live.delete(key);
    }),
    options.onCommand(({ sandbox, command }) =>
      live.get(keyOf({ sandbox, machine: command.machine }))?.trace.noteCommand(command),
    ),
  ];
  for (const sandbox of sandboxes.all()) for (const ref of sandbox.machines.values()) begin(ref);
  const stop = () => unsubscribe.forEach((end) => end());

  try {
    const receiver = await openReceiver({
      listen: options.listen,
      machineAt: (address) => engine.machineAt(address),
      take,
      refused: () => counts.refused++,
      clock,
    });
    return {
      port: receiver.port,
      calls: (sandbox, machine) => live.get(keyOf({ sandbox, machine }))?.trace.calls ?? [],
      of: (sandbox, command) =>
        live.get(keyOf({ sandbox, machine: command.machine }))?.trace.of(command) ?? null,
      on: (listener) => events.on(listener),
      counts: () => ({ ...counts }),
      async [Symbol.asyncDispose]() {
        stop();
        await receiver[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

const keyOf = ({ sandbox, machine }: Place) => `${sandbox}/${machine}`;
