/** A task follows a real engine: how soon, and to the end. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { LessonDefinition } from '#server/lessons/contract.ts';
import { createFakeStore } from '#server/sandbox/testing/fake-store.ts';
import { openRealWorld, type RealWorld } from '#server/world/testing/real-world.ts';
import { systemClock } from '../lib/clock.ts';
import { silentLog } from '../lib/log.ts';
import { openTasks } from './tasks.ts';

const ROUNDS = 40;
const GOAL_MS = 100;
const KEY = { course: 'test', lesson: 'tick' };
const LESSON: LessonDefinition = {
  key: KEY,
  scored: false,
  plan: { lesson: KEY, machines: [] },
  tasks: [
    {
      id: 'paused',
      step: 'only',
      title: { en: 'paused', zh: '暂停' },
      expect: [{ container: { name: 'tick', paused: true } }],
      hints: [],
      hold: true,
      solution: [],
    },
  ],
  proof: new Map(),
  wrong: [],
};

let place: RealWorld;
beforeAll(async () => {
  place = await openRealWorld({ images: ['busybox'], lesson: KEY });
}, 900_000);
afterAll(() => place?.[Symbol.asyncDispose]());

test(`a tick comes within ${GOAL_MS} ms of the engine's event, 95 times in 100`, async () => {
  const store = createFakeStore();
  await using tasks = openTasks({
    sandboxes: place.sandboxes,
    worlds: place.worlds,
    traces: { calls: () => [], on: () => () => {} },
    probes: place.probes,
    onCommand: () => () => {},
    lessons: { definition: () => LESSON, onChange: () => () => {} },
    progress: store.progress,
    commands: store.commands,
    clock: systemClock,
    log: silentLog,
  });
  const ticks: { passed: boolean; atMs: number }[] = [];
  tasks.on(({ task }) =>
    ticks.push({ passed: task.passed, atMs: performance.timeOrigin + performance.now() }),
  );
  await tasks.states(place.sandbox.id);
  await place.machine.runs('docker run -d --name tick busybox sleep 1000');
  await vi.waitFor(() => expect(place.world()?.containers.size).toBe(1));

  for (let round = 0; round < ROUNDS; round++) {
    const wanted = round % 2 === 0;
    await place.machine.runs(`docker ${wanted ? 'pause' : 'unpause'} tick`);
    await vi.waitFor(() => expect(ticks.at(-1)?.passed).toBe(wanted), { timeout: 5_000, interval: 2 });
  }

  // The machine's clock is the host's: the engine's own times can be compared with ours.
  const log = await place.machine.runs(
    "docker events --since 1 --until $(($(date +%s) + 1)) --filter event=pause --filter event=unpause --format '{{.TimeNano}}'",
  );
  const events = log.split('\n').map((nanoseconds) => Number(BigInt(nanoseconds) / 1_000n) / 1_000);
  expect(ticks.map(({ passed }) => passed)).toEqual(
    Array.from({ length: ROUNDS }, (_, round) => round % 2 === 0),
  );
  const waits = ticks.map(({ atMs }, index) => atMs - events[index]!).toSorted((a, b) => a - b);
  expect(waits[Math.ceil(waits.length * 0.95) - 1]).toBeLessThanOrEqual(GOAL_MS);
}, 120_000);
