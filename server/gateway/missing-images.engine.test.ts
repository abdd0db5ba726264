/** A true engine's failed pulls, runs, builds and compose files lead to the image that is missing. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Watcher } from '#server/terminal/testing/watcher.ts';
import { openRealTrace, type RealTrace } from '#server/trace/testing/real-trace.ts';
import { openTraces } from '#server/trace/traces.ts';
import { systemClock } from '../lib/clock.ts';
import { type MissingImage, watchMissingImages } from './missing-images.ts';
import { CATALOG } from './testing/catalog.ts';

let place: RealTrace;
let terminal: Watcher;
const told: MissingImage[] = [];
const open = new AsyncDisposableStack();

beforeAll(async () => {
  place = open.use(await openRealTrace({ images: [], lesson: null }));
  const { terminals, worlds, engine, sandboxes, listen } = place;
  const { sandbox, machine } = place.ann.ref;
  const clock = systemClock;
  const onCommand: typeof terminals.onCommand = (listener) => terminals.onCommand(listener);
  const traces = open.use(await openTraces({ engine, sandboxes, onCommand, listen, clock }));
  const watching = open.use(watchMissingImages({ terminals, traces, worlds, catalog: CATALOG, clock }));
  watching.on((missing) => told.push(missing));
  terminal = await Watcher.attach(terminals, { sandbox, machine, terminal: '1' });
  terminal.drawsAtOnce = true;
  await terminal.sees('# \u001b]133;B', 20_000);
}, 900_000);
afterAll(() => open.disposeAsync());

test.each([
  ['docker pull ubuntu', 'ubuntu'],
  ['docker run --rm -it alpine:3 sh', 'alpine:3'],
  ['echo FROM fedora | docker build -', 'fedora:latest'],
  [
    String.raw`printf 'services:\n  db:\n    image: mysql:8\n' > compose.yaml; docker compose up -d`,
    'mysql:8',
  ],
  ['docker pull nginx:0.1', 'nginx:0.1'],
])('%s is told as %s', async (line, image) => {
  terminal.type(`${line}\r`);
  const { sandbox, machine } = place.ann.ref;
  await vi.waitFor(() => expect(told).toContainEqual({ sandbox, machine, image }), { timeout: 10_000 });
});
