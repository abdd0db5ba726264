/** Previews on the app's own origin, where wildcard names cannot be had: what a browser lets such a page do. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { openPreviews, type PreviewsOptions } from '#server/gateway/previews/previews.ts';
import { FakeWorlds, loopback } from '#server/gateway/previews/testing/rooms.ts';
import { systemClock } from '#server/lib/clock.ts';
import { silentLog } from '#server/lib/log.ts';

const TRIES = `<!doctype html><link rel="stylesheet" href="own.css"><ul></ul><script>
const tell = (text) => document.querySelector('ul').append(Object.assign(document.createElement('li'), {textContent: text}));
const tries = {
  cookie: () => document.cookie,
  setCookie: () => (document.cookie = 'session=evil; path=/'),
  storage: () => localStorage.getItem('secret'),
  databases: () => indexedDB.open('x'),
  worker: () => navigator.serviceWorker.register('sw.js'),
  parent: () => parent.document.title,
};
for (const [name, act] of Object.entries(tries)) try { tell(name + ': ' + act()); } catch (error) { tell(name + ': ' + error.name); }
tell('origin: ' + self.origin);
fetch('/api/me', {credentials: 'include'}).then((answer) => answer.text()).then(tell, () => tell('api: refused'));
fetch('own.json').then((answer) => answer.json()).then((own) => tell('own: ' + own.fine), () => tell('own: refused'));
</script>`;

async function listen(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

test('a page below the app’s own address has no origin: no cookies, no storage, no API', async ({ page }) => {
  const program = await listen((request, response) => {
    if (request.url === '/own.css') response.setHeader('content-type', 'text/css');
    response.setHeader('set-cookie', 'session=evil; Path=/');
    if (request.url === '/own.json') return void response.end('{"fine":true}');
    if (request.url === '/own.css') return void response.end('ul{color:rgb(1,2,3)}');
    response.setHeader('content-type', 'text/html');
    response.end(TRIES);
  });
  const cookies: string[] = [];
  const app = await listen((request, response) => {
    if (previews.serve(request, response)) return;
    if (request.url === '/api/me') cookies.push(request.headers.cookie ?? 'none');
    response.setHeader('set-cookie', 'session=good; HttpOnly; Path=/');
    response.setHeader('content-type', 'text/html');
    response.end(`<title>app</title><script>localStorage.setItem('secret', 'mine')</script>`);
  });
  const machine = { sandbox: 'aaaaaaa2', machine: 'node1' };
  const sandbox = {
    state: 'ready',
    machines: new Map([['node1', machine]]),
    view: () => ({ machines: [{ name: 'node1' }] }),
  };
  const previews = openPreviews({
    sandboxes: { get: () => sandbox, on: () => () => {} } as unknown as PreviewsOptions['sandboxes'],
    worlds: new FakeWorlds(),
    engine: loopback,
    secret: 's'.repeat(64),
    previewHost: null,
    origins: [`http://127.0.0.1:${app.port}`],
    clock: systemClock,
    log: silentLog,
  });
  const base = previews
    .view('aaaaaaa2')
    .address.replace('{machine}', 'node1')
    .replace('{port}', String(program.port));
  try {
    await page.goto(`http://127.0.0.1:${app.port}/`);
    await page.goto(`http://127.0.0.1:${app.port}${base}`);
    expect(page.url()).toBe(`http://127.0.0.1:${app.port}${base}/`);
    const says = (text: string) => expect(page.getByText(text, { exact: true })).toBeVisible();
    for (const what of ['cookie', 'setCookie', 'storage', 'databases', 'worker'])
      await says(`${what}: SecurityError`);
    await says('origin: null');
    await says('api: refused');
    await says('own: true');
    await expect(page.locator('ul')).toHaveCSS('color', 'rgb(1, 2, 3)');
    // What was asked of the API came without the session, and the session is as it was.
    expect(cookies).toEqual(['none']);
    const kept = await page.context().cookies();
    expect(kept).toMatchObject([{ name: 'session', value: 'good' }]);
  } finally {
    previews[Symbol.dispose]();
    for (const { server } of [program, app]) {
      server.closeAllConnections();
      server.close();
    }
  }
});
