/**
 * A class of two hundred, each with a machine of their own, who all type: how soon their instructor sees it, whether the page
 * stays smooth, and what the server works for it.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import type { WebSocket } from 'ws';
import { Limit } from '#server/lib/limit.ts';
import { retry } from '#server/lib/retry.ts';
import { classViewSchema, type ClassView } from '#server/protocol/classes.ts';
import type { LessonKey } from '#server/protocol/ids.ts';
import { wallMessageSchema } from '#server/protocol/wall.ts';
import { ROOT } from '../test/step.ts';
import { Guest, whenReady } from './client.ts';
import { fromSamples, single, type Figure } from './figure.ts';

export const WALL_LEARNERS = 200;
/** Who come at the same time: more only wait for one another. */
const COME_AT_ONCE = 3;
/** Each types a command so often, one after the other. */
const TYPES_EVERY_MS = 10_000;
const TYPED_MS = 30_000;
const SEEN_MS = 20_000;

/** @param lesson one whose machines are quickly made */
export async function* benchWall(url: string, lesson: LessonKey): AsyncGenerator<Figure> {
  const instructor = await Guest.signUp(url, 'Ines');
  const view = await openClass(instructor, lesson);
  const limit = new Limit(COME_AT_ONCE);
  const come = (_: unknown, index: number) => limit.run(() => Typing.join(url, { view, lesson, index }));
  const learners = await Promise.all(Array.from({ length: WALL_LEARNERS }, come));
  try {
    using typing = typeInTurn(learners);
    yield* await benchUpdates(url, { instructor, view, learners });
    yield await benchFrames(url, { instructor, view });
    typing[Symbol.dispose]();
  } finally {
    for (const learner of learners) learner[Symbol.dispose]();
    await Promise.all(learners.map((learner) => limit.run(() => learner.leave())));
    await instructor.request('DELETE', `/api/classes/${view.id}`);
  }
}

async function openClass(instructor: Guest, lesson: LessonKey): Promise<ClassView> {
  const settings = {
    name: 'Bench',
    locale: 'en',
    lessons: [{ lesson, dueAt: null, weight: 1 }],
    latePercent: 100,
  };
  const made = classViewSchema.parse(
    await (await instructor.request('POST', '/api/classes', settings)).json(),
  );
  const code = await instructor.request('POST', `/api/classes/${made.id}/code`, {
    expiresAt: null,
    maxUses: null,
  });
  return classViewSchema.parse(await code.json());
}

/** One learner with a page open, who types and never looks. */
class Typing implements Disposable {
  readonly #guest: Guest;
  readonly #sandbox: string;
  readonly #sockets: WebSocket[];
  readonly #index: number;
  #count = 0;
  /** When the last command was sent, by its line. */
  sent: { line: string; atMs: number } | null = null;

  private constructor(guest: Guest, sandbox: string, sockets: WebSocket[], index: number) {
    this.#guest = guest;
    this.#sandbox = sandbox;
    this.#sockets = sockets;
    this.#index = index;
  }

  static async join(
    url: string,
    place: { view: ClassView; lesson: LessonKey; index: number },
  ): Promise<Typing> {
    const { view, lesson, index } = place;
    // So many from one address come faster than guests may: each waits for their turn.
    const patient = <Value>(work: () => Promise<Value>) =>
      retry(work, { attempts: 60, firstPauseMs: 1000, maxPauseMs: 2000 });
    const guest = await patient(() => Guest.signIn(url));
    await patient(() =>
      guest.request('POST', '/api/classes/join', { code: view.code!.code, name: `Learner ${index}` }),
    );
    const sandbox = await patient(() => guest.openSandbox({ lesson }));
    await whenReady(guest, sandbox);
    const sockets = [
      guest.socket(`/api/sandboxes/${sandbox.id}/feed`),
      guest.terminal(sandbox.id, '1', () => {}),
    ];
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('open', resolve))));
    return new Typing(guest, sandbox.id, sockets, index);
  }

  /** A builtin that does nothing: the shell and all between it and the wall work, the machine's engine does not. */
  type(): void {
    const line = `: learner ${this.#index} says ${this.#count++}`;
    this.sent = { line, atMs: performance.now() };
    this.#sockets[1]!.send(Buffer.from(`${line}\r`));
  }

  leave(): Promise<void> {
    return this.#guest.closeSandbox(this.#sandbox);
  }

  [Symbol.dispose](): void {
    for (const socket of this.#sockets) socket.close();
  }
}

function typeInTurn(learners: readonly Typing[]): Disposable {
  let next = 0;
  const timer = setInterval(
    () => learners[next++ % learners.length]!.type(),
    TYPES_EVERY_MS / learners.length,
  );
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

type Seen = { instructor: Guest; view: ClassView; learners: readonly Typing[] };

/** Enter → the tile with this command has come to the instructor's browser. */
async function benchUpdates(url: string, { instructor, view, learners }: Seen): Promise<Figure[]> {
  const samples: number[] = [];
  const shown = new Set<string>();
  const wall = instructor.socket(`/api/classes/${view.id}/wall`);
  const began = new Promise<void>((resolve) => {
    wall.on('message', (data: Buffer) => {
      const nowMs = performance.now();
      const message = wallMessageSchema.parse(JSON.parse(data.toString()));
      resolve();
      if (message.type !== 'tiles') return;
      const lines = new Set(message.tiles.flatMap(({ command }) => command?.line ?? []));
      for (const { sent } of learners) {
        if (!sent || !lines.has(sent.line) || shown.has(sent.line)) continue;
        shown.add(sent.line);
        samples.push(nowMs - sent.atMs);
      }
    });
  });
  await began;
  samples.length = 0;
  const before = await cpuSeconds(url);
  const startedMs = performance.now();
  await pause(TYPED_MS);
  const seconds = (performance.now() - startedMs) / 1000;
  const cores = ((await cpuSeconds(url)) - before) / seconds;
  wall.close();
  return [
    fromSamples({ name: 'wall.update_ms', unit: 'ms', samples, goals: [{ at: 'p95', most: 1000 }] }),
    // With all that the server does for the two hundred besides: their terminals, feeds and machines.
    single({ name: 'wall.server_cpu', unit: 'core', value: cores, goal: { most: 0.5 } }),
  ];
}

async function cpuSeconds(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const total = /^drydock_process_cpu_seconds_total ([\d.e+-]+)/m.exec(metrics)?.[1];
  if (total === undefined) throw new Error('the metrics do not tell of the processor');
  return Number(total);
}

/** From one drawn frame to the next, in a page that shows the whole wall. */
async function benchFrames(
  url: string,
  { instructor, view }: Pick<Seen, 'instructor' | 'view'>,
): Promise<Figure> {
  const browser = await chromium.launch({
    executablePath: join(ROOT, 'e2e/chromium'),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addCookies(instructor.cookies.map(({ name, value }) => ({ name, value, url })));
    const page = await context.newPage();
    await page.goto(`${url}/en/classes/${view.id}`);
    await page
      .getByText(`Learner ${WALL_LEARNERS - 1}`, { exact: true })
      .first()
      .waitFor({ state: 'attached' });
    const samples = await page.evaluate(async (forMs) => {
      const gaps: number[] = [];
      const endMs = performance.now() + forMs;
      for (let last = performance.now(); last < endMs;) {
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        gaps.push(now - last);
        last = now;
      }
      return gaps;
    }, SEEN_MS);
    return fromSamples({
      name: 'wall.frame_ms',
      unit: 'ms',
      samples: samples.slice(1),
      goals: [{ at: 'p95', most: 50 }],
    });
  } finally {
    await browser.close();
  }
}
