/** Figures of the running product, seen from outside: prompt, tick, second start, page weight. */
import { chromium } from '@playwright/test';
import { retry } from '#server/lib/retry.ts';
import { Guest, whenReady } from './client.ts';
import { fromSamples, single, type Figure } from './figure.ts';

const TICK_LESSON = { course: 'bench', lesson: 'tick' };
const ROUNDS = 20;

export async function* benchProduct(url: string): AsyncGenerator<Figure> {
  yield await benchWarm(url);
  yield await benchTick(url);
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
      const socket = guest.terminal(sandbox.id, () => {
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

async function whenWarm(url: string): Promise<void> {
  await retry(
    async () => {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      const warm = /^drydock_warm_machines(?:\{[^}]*\})? (\d+)/m.exec(metrics);
      if (!warm || Number(warm[1]) < 1) throw new Error('no warm machine came within a minute');
    },
    { attempts: 240, firstPauseMs: 250, maxPauseMs: 250 },
  );
}

/** The engine's own time stamp of a container's start or end → the task's message on the feed. One clock serves both. */
async function benchTick(url: string): Promise<Figure> {
  const guest = await Guest.signIn(url);
  const sandbox = await guest.openSandbox({ lesson: TICK_LESSON });
  await whenReady(guest, sandbox);
  using feed = guest.feed(sandbox.id);
  await feed.next((message) => message.type === 'all');
  let screen = '';
  const terminal = guest.terminal(sandbox.id, (chunk) => (screen += chunk.toString()));
  await new Promise((resolve) => terminal.once('open', resolve));
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS * 2; round++) {
    const starts = round % 2 === 0;
    const [verb, moment] = starts
      ? ['docker run -d --name tick busybox sleep 1000', 'StartedAt']
      : ['docker stop -t 0 tick', 'FinishedAt'];
    terminal.send(Buffer.from(`${verb}; echo "at=$(docker inspect -f '{{.State.${moment}}}' tick)="\r`));
    await feed.next((message) => message.type === 'task' && message.task.passed === starts);
    const seenMs = Date.now();
    const stamp = await retry(
      async () => {
        const match = /at=(\d{4}-[^=]+Z)=/.exec(screen);
        if (!match) throw new Error('the engine did not say when');
        return Date.parse(match[1]!);
      },
      { attempts: 200, firstPauseMs: 20, maxPauseMs: 50 },
    );
    samples.push(seenMs - stamp);
    screen = '';
    if (!starts) terminal.send(Buffer.from('docker rm tick\r'));
  }
  terminal.close();
  await guest.closeSandbox(sandbox.id);
  return fromSamples({ name: 'task.tick_ms', unit: 'ms', samples, goals: [{ at: 'p95', most: 100 }] });
}

/** All the JavaScript that a lesson page brings until it is quiet, as it comes over the wire (gzip). */
async function benchPage(url: string): Promise<Figure> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
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
    await page.goto(`${url}/en/learn/${TICK_LESSON.course}/${TICK_LESSON.lesson}`);
    await page.locator('.xterm').first().waitFor();
    await page.waitForLoadState('networkidle');
    await Promise.all(sizes);
    return single({ name: 'page.js_kb', unit: 'kB', value: bytes / 1000, goal: { most: 250 } });
  } finally {
    await browser.close();
  }
}
