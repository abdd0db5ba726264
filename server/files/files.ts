/** The files of all machines: finds the machine, checks the path, and asks its helper. */
import type { Engine, MachineRef } from '#server/engine/contract.ts';
import type { Sandboxes } from '#server/sandbox/contract.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Log } from '../lib/log.ts';
import type { FileStanding } from '../protocol/files.ts';
import { FILE_LIMITS } from '../protocol/numbers.ts';
import { FilesError, type FilePlace, type Files, type FilesChanged } from './contract.ts';
import { encodeMove, encodePath } from './frames.ts';
import { HelperEnded } from './helper.ts';
import { ANSWER_MS, MachineFiles } from './machine-files.ts';
import { hearStanding, hearView } from './replies.ts';
import { download, sending, upload } from './streams.ts';

/** A deletion may take 20 000 things. */
const DELETE_MS = 30_000;

export type FilesOptions = {
  engine: Pick<Engine, 'exec'>;
  sandboxes: Pick<Sandboxes, 'get' | 'on'>;
  clock: Clock;
  log: Log;
};

export function openFiles({ engine, sandboxes, clock, log }: FilesOptions): Files & Disposable {
  const machines = new Map<string, MachineFiles>();
  const changes = new Emitter<FilesChanged>();
  /** What every browser has open; outlives a machine that sleeps. */
  const watches = new Map<object, { sandbox: string; paths: Map<string, readonly string[]> }>();

  const start = (ref: MachineRef) => {
    const { sandbox, machine } = ref;
    const files = new MachineFiles({
      engine,
      ref,
      clock,
      log,
      changed: (paths) => changes.emit({ sandbox, machine, paths }),
    });
    machines.set(keyOf(sandbox, machine), files);
    return files;
  };
  const stop = (key: string) => {
    machines.get(key)?.close();
    machines.delete(key);
  };
  const find = (sandbox: string, machine: string): MachineFiles => {
    const ref = refOf(sandboxes, sandbox, machine);
    const known = machines.get(keyOf(sandbox, machine));
    if (known?.ref.generation === ref.generation) return known;
    known?.close();
    return start(ref);
  };
  const rewatch = (sandbox: string, machine: string) => {
    for (const [who, watch] of watches) {
      const paths = watch.paths.get(machine);
      if (watch.sandbox === sandbox && paths?.length) find(sandbox, machine).watch(who, paths);
    }
  };

  const unsubscribe = sandboxes.on((event) => {
    if (event.type === 'machine-up' || event.type === 'machine-down')
      stop(keyOf(event.ref.sandbox, event.ref.machine));
    if (event.type === 'machine-up') rewatch(event.ref.sandbox, event.ref.machine);
    if (event.type === 'changed' && ['asleep', 'closed'].includes(event.sandbox.state))
      for (const [key, { ref }] of machines) if (ref.sandbox === event.sandbox.id) stop(key);
  });

  /** One request that is one frame and leaves something at `path`. */
  const change = ({ sandbox, machine }: FilePlace, frame: Buffer, path: string, limitMs = ANSWER_MS) =>
    find(sandbox, machine).ask(async (write) => write(frame), hearStanding(path), limitMs);

  return {
    async look({ sandbox, machine, path }) {
      const ask = () =>
        find(sandbox, machine).ask(async (write) => write(encodePath('R', path)), hearView(path));
      try {
        return await ask();
      } catch (error) {
        if (error instanceof HelperEnded) return ask();
        throw error;
      }
    },
    async download({ sandbox, machine, path }) {
      const files = find(sandbox, machine);
      const stream = files.takeStream();
      try {
        const found = await download({ engine, ref: files.ref, path, clock });
        found.body.once('close', () => stream[Symbol.dispose]());
        return found;
      } catch (error) {
        stream[Symbol.dispose]();
        throw error;
      }
    },
    async save({ sandbox, machine, path }, over, body): Promise<FileStanding> {
      const files = find(sandbox, machine);
      if (Buffer.isBuffer(body) && body.length <= FILE_LIMITS.textBytes)
        return files.ask(sending(path, over, body), hearStanding(path));
      const stream = files.takeStream();
      try {
        return await upload({ engine, ref: files.ref, path, clock }, over, bounded(body));
      } finally {
        stream[Symbol.dispose]();
      }
    },
    async createDirectory(place) {
      return change(place, encodePath('M', place.path), place.path);
    },
    async move(place, to) {
      return change(place, encodeMove(place.path, to), to);
    },
    async remove(place) {
      await change(place, encodePath('D', place.path), place.path, DELETE_MS);
    },
    open(sandbox) {
      const who = {};
      const watch = { sandbox, paths: new Map<string, readonly string[]>() };
      const tell = (machine: string, paths: readonly string[]) => {
        if (sandboxes.get(sandbox)?.machines.has(machine)) find(sandbox, machine).watch(who, paths);
      };
      watches.set(who, watch);
      return {
        watch(machine, paths) {
          watch.paths.set(machine, paths.slice(0, FILE_LIMITS.watched));
          tell(machine, watch.paths.get(machine)!);
        },
        [Symbol.dispose]() {
          watches.delete(who);
          for (const machine of watch.paths.keys()) tell(machine, []);
        },
      };
    },
    on: (listener) => changes.on(listener),
    [Symbol.dispose]() {
      unsubscribe();
      for (const key of machines.keys()) stop(key);
    },
  };
}

/** @throws FilesError `sandbox_not_ready`, `not_found` */
function refOf(sandboxes: FilesOptions['sandboxes'], sandbox: string, machine: string): MachineRef {
  const found = sandboxes.get(sandbox);
  const ref = found?.machines.get(machine);
  if (ref) return ref;
  if (found && found.view().machines.some(({ name }) => name === machine))
    throw new FilesError('sandbox_not_ready', 'The machine is not awake yet. Its page wakes it.');
  throw new FilesError('not_found', 'There is no such machine.');
}

async function* bounded(body: Buffer | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of Buffer.isBuffer(body) ? [body] : body) {
    size += chunk.length;
    if (size > FILE_LIMITS.uploadBytes)
      throw new FilesError(
        'payload_too_large',
        `A file may have at most ${FILE_LIMITS.uploadBytes / 1024 ** 2} MiB.`,
      );
    yield chunk;
  }
}

const keyOf = (sandbox: string, machine: string) => `${sandbox}/${machine}`;
