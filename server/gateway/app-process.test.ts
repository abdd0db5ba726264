import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeClock } from '#server/lib/clock.ts';
import { createLog } from '#server/lib/log.ts';
import { type App, startApp } from './app-process.ts';

/** Listens, says that it is ready, and ends when it is asked for /die. */
const SERVES = `
  const port = Number(process.argv[1]);
  require('node:http')
    .createServer((request, response) => {
      response.end(String(process.pid));
      if (request.url === '/die') process.exit(1);
    })
    .listen(port, '127.0.0.1', () => console.log('✓ Ready in 1ms'));
`;

let clock: FakeClock;
let app: App | undefined;
let errors: string[];
const start = (script: string) => {
  app = startApp({
    command: (port) => ({
      command: process.execPath,
      args: ['-e', script, String(port)],
      env: { NODE_ENV: 'test' },
      cwd: '/',
    }),
    clock,
    log: createLog({ level: 'error', write: (line) => void errors.push(line) }),
  });
  return app;
};
const ask = async (port: number | null, path = '/') =>
  (await fetch(`http://127.0.0.1:${port}${path}`)).text();

beforeEach(() => {
  clock = new FakeClock();
  errors = [];
});
afterEach(() => app?.[Symbol.asyncDispose]());

test('a request that comes while the app starts waits for it', async () => {
  const port = await start(SERVES).port();
  expect(Number(await ask(port))).toBeGreaterThan(0);
});

test('an app that dies is started again, on a port of its own', async () => {
  const app = start(SERVES);
  const first = await ask(await app.port());
  await ask(await app.port(), '/die').catch(() => 'it died while answering');
  await vi.waitFor(() => expect(errors.join()).toContain('the app ended'));
  await clock.advance(100);
  expect(await ask(await app.port())).not.toBe(first);
});

test('an app that does not come up leaves the request with nothing after ten seconds', async () => {
  const port = start('setInterval(() => {}, 1000)').port();
  await clock.advance(10_000);
  expect(await port).toBeNull();
});

test('an app that dies again and again is started less and less often', async () => {
  start('process.exit(1)');
  const pauses = () => errors.map((line) => (JSON.parse(line) as { pauseMs: number }).pauseMs);
  for (const count of [1, 2, 3]) {
    await vi.waitFor(() => expect(pauses()).toHaveLength(count));
    await clock.advance(pauses().at(-1)!);
  }
  expect(pauses().slice(0, 3)).toEqual([100, 200, 400]);
});

test('an app that is told to stop is gone, and stays so', async () => {
  const app = start(SERVES);
  const port = await app.port();
  await app[Symbol.asyncDispose]();
  await expect(ask(port)).rejects.toThrow();
  expect(errors).toEqual([]);
});
