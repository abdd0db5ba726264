/** Figures of the running product, seen from outside: prompt, tick, second start, page weight. */
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { retry } from '#server/lib/retry.ts';
import { Guest, whenReady } from './client.ts';
import { benchPreview } from './preview.ts';
import { benchSave } from './files.ts';
import { benchHistory } from './history.ts';
import { fromSamples, single, type Figure } from './figure.ts';
import { ROOT } from '../test/step.ts';

export const TICK_LESSON = { course: 'bench', lesson: 'tick' };
/** The first that everybody opens; it has all that a lesson page can have: blocks to run, tasks, a quiz, terms. */
const PAGE = 'en/learn/docker-basics/hello-docker';
const ROUNDS = 20;

export async function* benchProduct(url: string): AsyncGenerator<Figure> {
  yield await benchWarm(url);
  yield await benchTick(url);
  yield await benchPreview(url);
  yield await benchSave(url);
  yield* benchHistory(url, TICK_LESSON);
  yield await benchPage(url);
}

/** POST → first byte of the prompt, each time with a machine waiting in the warm pool. */
async function benchWarm(url: string): Promise<Figure> {
  const guest = await Guest.signIn(url);
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await whenWarm(url);
    const started = performance.now();
    const sandbox = await guest.openSandbox({ playground: true, machines: 1 });
    await new Promise<void>((resolve, reject) => {
      const socket = guest.terminal(sandbox.id, '1', () => {
        socket.close();
        resolve();
      });
      socket.once('error', reject);
    });
    samples.push(performance.now() - started);
    await guest.closeSandbox(sandbox.id);
  }
  return fromSamples({ name: 'sandbox.warm_ms', unit: 'ms', samples, goals: [{ at: 'p95', most: 300 }] });
}

/** Until the pool is full: one machine may wait for another lesson's images. */
async function whenWarm(url: string): Promise<void> {
  await retry(
    async () => {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      const gauge = (name: string) =>
        new RegExp(`^drydock_${name}(?:\\{[^}]*\\})? (\\d+)`, 'm').exec(metrics)?.[1];
      const warm = gauge('warm_machines');
      if (warm === undefined || warm !== gauge('limit_warm_machines'))
        throw new Error('the warm pool did not fill in a minute');
    },
    { attempts: 240, firstPauseMs: 250, maxPauseMs: 250 },
  );
}

/** The engine's own stamp on its event → the task's message on the feed. One clock serves both. */
async function benchTick(url: string): Promise<Figure> {
  const guest = await Guest.signIn(url);
  const sandbox = await guest.openSandbox({ lesson: TICK_LESSON });
  await whenReady(guest, sandbox);
  using feed = guest.feed(sandbox.id);
  await feed.next((message) => message.type === 'all');
  let events = '';
  const watcher = guest.terminal(sandbox.id, '2', (chunk) => (events += chunk.toString()));
  const hands = guest.terminal(sandbox.id, '1', () => {});
  await Promise.all([watcher, hands].map((socket) => new Promise((resolve) => socket.once('open', resolve))));
  watcher.send(
    Buffer.from("docker events --filter container=tick --format '{{.Action}} at {{.TimeNano}}='\r"),
  );
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS * 2; round++) {
    const starts = round % 2 === 0;
    events = '';
    const command = starts
      ? 'docker run -d --name tick busybox sleep 1000'
      : 'docker kill tick; docker rm tick';
    hands.send(Buffer.from(`${command}\r`));
    await feed.next((message) => message.type === 'task' && message.task.passed === starts);
    const seenMs = Date.now();
    const stampMs = await whenTold(
      () => new RegExp(`${starts ? 'start' : 'die'} at (\\d+)=`).exec(events)?.[1],
    );
    samples.push(seenMs - Number(BigInt(stampMs) / 1_000_000n));
    if (!starts) await whenTold(() => /destroy at (\d+)=/.exec(events)?.[1]);
  }
  watcher.close();
  hands.close();
  await guest.closeSandbox(sandbox.id);
  return fromSamples({ name: 'task.tick_ms', unit: 'ms', samples, goals: [{ at: 'p95', most: 100 }] });
}

function whenTold(look: () => string | undefined): Promise<string> {
  return retry(
    async () => {
      const told = look();
      if (told === undefined) throw new Error('the engine did not tell of it');
      return told;
    },
    { attempts: 400, firstPauseMs: 5, maxPauseMs: 25 },
  );
}

/** All the JavaScript that a lesson page brings until it is quiet, as it comes over the wire (gzip). */
async function benchPage(url: string): Promise<Figure> {
  const browser = await chromium.launch({
    // Machines that come and go would make a plain one drop what it is fetching.
    executablePath: join(ROOT, 'e2e/chromium'),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    const page = await browser.newPage();
    let bytes = 0;
    const sizes: Promise<void>[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() !== 'script') return;
      sizes.push(request.sizes().then((size) => void (bytes += size.responseBodySize)));
    });
    await page.goto(`${url}/${PAGE}`);
    await page.locator('.xterm').first().waitFor();
    await page.waitForLoadState('networkidle');
    await Promise.all(sizes);
    return single({ name: 'page.js_kb', unit: 'kB', value: bytes / 1000, goal: { most: 250 } });
  } finally {
    await browser.close();
  }
}
