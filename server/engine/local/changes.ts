/** Tells what becomes of machines: the full list first, then each change, over every loss of the connection. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import { z } from 'zod';
import type { Log } from '../../lib/log.ts';
import type { EngineChange, MachineRecord } from '../contract.ts';
import { LABELS, refOfLabels } from './labels.ts';

/** An engine that restarts is back after about a second. */
const RECONNECT_MS = 250;
/** Changes that wait for a slow listener; beyond it we start over with a full list. */
const WAITING_MAX = 1000;

/** Engine API 1.41, `GET /events`, of which we rely on this. */
const eventSchema = z.object({
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()) }),
});

export type ChangesOptions = {
  docker: Docker;
  instance: string;
  list: () => Promise<MachineRecord[]>;
  isHidden: (sandbox: string) => boolean;
  signal: AbortSignal;
  log: Log;
};

export async function* watchChanges(options: ChangesOptions): AsyncIterable<EngineChange> {
  const { signal, log } = options;
  let isLost = false;
  while (!signal.aborted) {
    try {
      for await (const change of watchOnce(options)) {
        isLost = false;
        yield change;
      }
    } catch (error) {
      // Said once, not four times a second for as long as the engine is away.
      if (!signal.aborted && !isLost) log.warn('lost the stream of engine events', { error });
      isLost = true;
    }
    await pause(RECONNECT_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function* watchOnce({
  docker,
  instance,
  list,
  isHidden,
  signal,
}: ChangesOptions): AsyncIterable<EngineChange> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  // Subscribe before reading the list, or a change between the two is lost.
  const events = (await docker.getEvents({
    abortSignal: either,
    filters: {
      type: ['container'],
      label: [`${LABELS.instance}=${instance}`],
      event: ['start', 'die', 'oom', 'destroy'],
    },
  })) as Readable;
  const waiting: EngineChange[] = [];
  const outOfMemory = new Set<string>();
  let wake = () => {};
  let ended = false;
  const reading = read(events, (line) => {
    const change = changeOf(line, outOfMemory);
    if (change && !isHidden(change.ref.sandbox)) waiting.push(change);
    if (waiting.length > WAITING_MAX) stop.abort();
    wake();
  }).finally(() => {
    ended = true;
    wake();
  });
  // Its failure is thrown below, once the reader gets there.
  reading.catch(() => undefined);
  try {
    yield { type: 'machines', machines: await list() };
    while (!signal.aborted && waiting.length <= WAITING_MAX) {
      const next = waiting.shift();
      if (next) yield next;
      else if (ended) return void (await reading);
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stop.abort();
  }
}

async function read(events: Readable, onLine: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: events });
  // readline swallows the errors of its input; without this they would end the server.
  const failed = new Promise<never>((_resolve, reject) => void events.on('error', reject));
  const all = (async () => {
    for await (const line of lines) if (line) onLine(line);
  })();
  await Promise.race([all, failed]);
}

/** @param outOfMemory containers of which an `oom` came before their `die`. */
export function changeOf(
  line: string,
  outOfMemory: Set<string>,
): Exclude<EngineChange, { type: 'machines' }> | null {
  const { Action: action, Actor: actor } = eventSchema.parse(JSON.parse(line));
  const ref = refOfLabels(actor.Attributes);
  if (!ref) return null;
  switch (action) {
    case 'oom':
      outOfMemory.add(actor.ID);
      return null;
    case 'start':
      outOfMemory.delete(actor.ID);
      return { type: 'started', ref };
    case 'die':
      // 137: killed. One OOM kill among the learner's programs does not make every later stop one.
      return {
        type: 'stopped',
        ref,
        outOfMemory: outOfMemory.delete(actor.ID) && actor.Attributes['exitCode'] === '137',
      };
    case 'destroy':
      outOfMemory.delete(actor.ID);
      return { type: 'removed', ref };
    default:
      return null;
  }
}
