/**
 * Notices when a command failed because its image is nowhere to be had. That a pull failed is told by the engine's own
 * trace; which image it was by the trace too where that names it (builds, compose), else by the typed line.
 */
import { Emitter, type Unsubscribe } from '#server/lib/emitter.ts';
import type { Clock, Timer } from '#server/lib/clock.ts';
import { imageNameSchema } from '#server/protocol/catalog.ts';
import type { Command } from '#server/protocol/feed.ts';
import { findImage } from '#server/tasks/image-ref.ts';
import type { Terminals } from '#server/terminal/contract.ts';
import type { CommandTrace, Span, Traces } from '#server/trace/contract.ts';
import type { Worlds } from '#server/world/contract.ts';
import { type Catalog, holds } from './held-images.ts';
import { imagesInLine } from './image-in-command.ts';

export type MissingImage = { sandbox: string; machine: string; image: string };

export interface MissingImages extends Disposable {
  on(listener: (missing: MissingImage) => void): Unsubscribe;
}

/** Spans of a command come until about a second after it. */
const TRACE_WAIT_MS = 3000;
/** Commands of one machine that wait for their trace; of more than that the oldest is given up. */
const WAITING_MAX = 8;

type Waiting = { command: Command; timer: Timer };

export function watchMissingImages(parts: {
  terminals: Pick<Terminals, 'onCommand'>;
  traces: Pick<Traces, 'of' | 'on'>;
  worlds: Pick<Worlds, 'get'>;
  catalog: Catalog;
  clock: Clock;
}): MissingImages {
  const { terminals, traces, worlds, catalog, clock } = parts;
  const found = new Emitter<MissingImage>();
  const waiting = new Map<string, Waiting[]>();
  /** Work that names no command seems to belong to the next one too, when that follows at once. */
  const told = new WeakSet<Span>();

  const drop = (key: string, command: Command) => {
    const [gone, rest] = [waiting.get(key) ?? [], [] as Waiting[]];
    for (const one of gone) {
      if (one.command === command) one.timer.cancel();
      else rest.push(one);
    }
    if (rest.length > 0) waiting.set(key, rest);
    else waiting.delete(key);
  };

  const look = (sandbox: string, machine: string) => {
    const key = `${sandbox}/${machine}`;
    const world = worlds.get(sandbox, machine);
    const isMissing = (name: string) => !holds(catalog, name) && !(world && findImage(world, name));
    for (const { command } of waiting.get(key) ?? []) {
      const trace = traces.of(sandbox, command);
      if (!trace) continue;
      const others = trace.others.filter((span) => !told.has(span));
      const image = imagesAskedInVain({ ...trace, others }).find(isMissing);
      if (!image) continue;
      for (const span of others) told.add(span);
      drop(key, command);
      found.emit({ sandbox, machine, image });
    }
  };

  const subscriptions = [
    terminals.onCommand(({ sandbox, command }) => {
      if (command.exitCode === 0) return;
      const key = `${sandbox}/${command.machine}`;
      const timer = clock.after(TRACE_WAIT_MS, () => drop(key, command));
      waiting.set(key, [...(waiting.get(key) ?? []), { command, timer }]);
      const oldest = waiting.get(key)!.at(-1 - WAITING_MAX);
      if (oldest) drop(key, oldest.command);
      look(sandbox, command.machine);
    }),
    traces.on(({ sandbox, machine }) => look(sandbox, machine)),
  ];
  return {
    on: (listener) => found.on(listener),
    [Symbol.dispose]() {
      for (const unsubscribe of subscriptions) unsubscribe();
      for (const { timer } of [...waiting.values()].flat()) timer.cancel();
    },
  };
}

/** `GET /images/nosuch/json`: compose asks for each image before it pulls. */
const ASKED_FOR = /^\/images\/(.+)\/json$/;
/** BuildKit asks Docker Hub itself once the mirror has said no. */
const HUB_MANIFEST = /^https:\/\/registry-1\.docker\.io\/v2\/(.+)\/manifests\/([^/?]+)/;

/** Names of Docker Hub images that a command's pulls, runs and builds did not get. */
export function imagesAskedInVain({ command, calls, others }: CommandTrace): string[] {
  const built = [...others, ...calls.flatMap(({ spans }) => spans)].flatMap((span) => hubImage(span) ?? []);
  const failed = calls.some(
    ({ call }) => call.method === 'POST' && call.path === '/images/create' && (call.status ?? 0) >= 400,
  );
  const asked = calls.flatMap(({ call }) =>
    call.status === 404 ? (ASKED_FOR.exec(call.path)?.[1] ?? []) : [],
  );
  const pulled = failed ? [...imagesInLine(command.line), ...asked] : [];
  return [...new Set([...built, ...pulled].flatMap((name) => hubName(name) ?? []))];
}

function hubImage({ kind, attributes }: Span): string | null {
  if (kind !== 'client') return null;
  const [, repository, tag] = HUB_MANIFEST.exec(String(attributes.get('http.url') ?? '')) ?? [];
  return repository === undefined ? null : `${repository.replace(/^library\//, '')}:${tag}`;
}

/** Null for what is not on Docker Hub: the image of another registry, or no image at all. */
function hubName(typed: string): string | null {
  const name = typed
    .replace(/^docker\.io\//, '')
    .replace(/^library\//, '')
    .replace(/@.*$/, '');
  const [first = '', ...rest] = name.split('/');
  if (rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')) return null;
  return imageNameSchema.safeParse(name).success ? name : null;
}
