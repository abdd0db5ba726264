/** A machine whose engine comes later: nobody asks again and again, and it is seen as soon as it is there. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openRealWorld, type RealWorld } from './testing/real-world.ts';

let place: RealWorld;
beforeAll(async () => {
  place = await openRealWorld({ kind: 'bare' });
}, 900_000);
afterAll(() => place?.[Symbol.asyncDispose]());

const waitsMs = async (what: () => unknown) => {
  const started = performance.now();
  await vi.waitFor(() => expect(what()).toBeTruthy(), { timeout: 10_000, interval: 5 });
  return performance.now() - started;
};

test('while there is no engine there is no picture, and one small process waits', async () => {
  await pause(2_000);
  const dials = place.dials();
  await pause(4_000);
  expect(place.dials()).toBe(dials);
  expect(place.world()).toBeNull();
  expect(await place.machine.runs("ps -eo args | grep -c '[a]gent '")).toBe('1');
});

test('an engine that is installed is seen at once, and so is what it does', async () => {
  await place.machine.runs('apt-get update && apt-get install -y docker.io </dev/null', {
    timeoutMs: 120_000,
  });
  await place.machine.runs('service docker start');
  expect(await waitsMs(() => place.world()?.connected)).toBeLessThan(2_000);
  await place.machine.runs('docker create --name first hello-world');
  expect(
    await waitsMs(() => [...(place.world()?.containers.values() ?? [])].some(({ name }) => name === 'first')),
  ).toBeLessThan(1_000);
});

test('stopped for a while it is not asked, and started again it is seen at once', async () => {
  await place.machine.runs('service docker stop');
  await waitsMs(() => place.world()?.connected === false);
  await pause(1_000);
  const dials = place.dials();
  await pause(4_000);
  expect(place.dials()).toBe(dials);
  await place.machine.runs('service docker start');
  expect(await waitsMs(() => place.world()?.connected)).toBeLessThan(1_000);
});
