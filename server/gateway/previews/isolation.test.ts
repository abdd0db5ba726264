/** A learner's program is nobody's friend: what it says must not reach beyond its own origin. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { HELLO } from '../testing/fake-lessons.ts';
import { ORIGIN } from '../testing/test-server.ts';
import { hostOnly } from './headers.ts';
import { Look, READS, SANDBOX } from './testing/look.ts';

const hello = (_request: IncomingMessage, response: { end(text: string): void }) =>
  void response.end('inside');

test('only the key opens: not another’s, not the id, not a host that is made up', async () => {
  await using look = await Look.at(hello);
  expect((await look.get('/')).text).toBe('inside');
  const port = look.port;
  const { server } = look;
  const otherKey = look.addresses.keyOf('aaaaaab3');
  const hosts = [
    `${port}-node1-${SANDBOX}.preview.test`,
    `${port}-node1-${SANDBOX}${otherKey.slice(8)}.preview.test`,
    `${port}-node1-.preview.test`,
    'preview.preview.test',
    `${port}.preview.test`,
  ];
  for (const host of hosts) {
    const { status, text, headers } = await look.get('/', { host, ...READS });
    expect([host, status, headers['x-drydock-preview']]).toEqual([host, 404, 'unknown']);
    expect(text).not.toContain('inside');
  }
  // What is said to stand in front is nobody's word.
  const forged = await look.get('/', {
    host: 'app.test',
    'x-forwarded-host': look.host(),
    forwarded: `host=${look.host()}`,
  });
  expect(forged.text).not.toContain('inside');
  expect(server.previews.lines).toBeLessThanOrEqual(1);
});

test('a key opens its own sandbox only', async () => {
  await using look = await Look.at(hello);
  const host = look.host({ sandbox: 'aaaaaab3' });
  const { status, headers } = await look.get('/', { host });
  expect([status, headers['x-drydock-preview']]).toEqual([410, 'closed']);
});

test('a sandbox that was closed is gone, and so is a machine that it never had', async () => {
  await using look = await Look.at(hello);
  expect((await look.get('/', { host: look.host({ machine: 'node2' }), ...READS })).status).toBe(404);
  await look.server.sandboxes.close(SANDBOX);
  const { status, text } = await look.get('/', READS);
  expect(status).toBe(410);
  expect(text).toContain('This sandbox was closed');
  const socket = look.socket('/');
  const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  expect(answer.statusCode).toBe(410);
  socket.terminate();
});

test('the app’s pages and API are not to be had under a preview’s name', async () => {
  await using look = await Look.at(hello);
  for (const path of ['/api/health', '/api/me', '/metrics', '/en'])
    expect((await look.get(path)).text, path).toBe('inside');
  expect((await look.get('/api/health', { host: 'x.preview.test' })).status).toBe(404);
});

test('the app’s API refuses what a preview’s scripts ask it to change, and its sockets', async () => {
  await using look = await Look.at(hello);
  const guest = await look.server.guest();
  for (const origin of [`http://${look.host()}`, 'null']) {
    guest.origin = origin;
    const opened = await guest.post('/api/sandboxes', { lesson: HELLO });
    expect([opened.status, opened.json]).toMatchObject([403, { error: { code: 'wrong_origin' } }]);
    expect((await guest.delete(`/api/sandboxes/${SANDBOX}`)).status).toBe(403);
    const socket = guest.socket(`/api/sandboxes/${SANDBOX}/feed`);
    expect(await socket.isClosed()).toMatchObject({ code: 4403, reason: 'wrong_origin' });
    // What may be asked by anybody is not to be read from there.
    const { headers } = await guest.get('/api/me');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-frame-options']).toBe('DENY');
  }
});

test('the app’s session is of its own host, and under TLS no other host can lay one over it', async () => {
  await using plain = await Look.at(hello);
  const signIn = (look: Look) => look.server.browser().post('/api/auth/sign-in/anonymous');
  const [cookie] = (await signIn(plain)).headers['set-cookie'] ?? [];
  expect(cookie).toMatch(/^drydock\.session_token=.*; Path=\/; HttpOnly; SameSite=Lax$/i);
  expect(cookie).not.toMatch(/domain/i);
  await using tls = await Look.at(hello, { origins: ['https://learn.test'] });
  const [secure] = (await signIn(tls)).headers['set-cookie'] ?? [];
  // RFC 6265bis: browsers take the prefix only with Secure, Path=/ and without a Domain.
  expect(secure).toMatch(/^__Host-drydock\.session_token=/);
  expect(secure).toMatch(/; Path=\/(;|$)/);
  expect(secure).toMatch(/; Secure/);
  expect(secure).not.toMatch(/domain/i);
});

test('a program’s cookies stay at its own host', async () => {
  expect(hostOnly('a=b; Domain=localhost; Path=/')).toBe('a=b; Path=/');
  expect(hostOnly('a=b;domain=.example.org;DOMAIN = x ;Secure')).toBe('a=b;Secure');
  expect(hostOnly('domain=mine; Path=/')).toBe('domain=mine; Path=/');
  await using look = await Look.at((_request, response) => {
    response.setHeader('set-cookie', [
      'drydock.session_token=evil; Domain=test; Path=/',
      'theirs=1; HttpOnly; Max-Age=60',
    ]);
    response.end();
  });
  const { headers } = await look.get('/');
  expect(headers['set-cookie']).toEqual([
    'drydock.session_token=evil; Path=/',
    'theirs=1; HttpOnly; Max-Age=60',
  ]);
});

test('a program never sees the app’s cookies, whoever sends them along', async () => {
  let seen: string | undefined;
  await using look = await Look.at((request, response) => {
    seen = request.headers.cookie;
    response.end();
  });
  const ours = 'drydock.session_token=secret; __Host-drydock.session_token=secret; drydock-theme=dark';
  await look.get('/', { cookie: `mine=1; ${ours}; also=2` });
  expect(seen).toBe('mine=1; also=2');
  await look.get('/', { cookie: ours });
  expect(seen).toBeUndefined();
});

test('headers that would reach beyond the preview are left out', async () => {
  await using look = await Look.at((_request, response) => {
    response.writeHead(200, {
      'Clear-Site-Data': '"cookies", "storage"',
      'Strict-Transport-Security': 'max-age=1; includeSubDomains',
      'Alt-Svc': 'h3=":443"',
      Connection: 'keep-alive, X-Secret',
      'X-Secret': '1',
      'X-Mine': '2',
    });
    response.end();
  });
  const { headers } = await look.get('/');
  for (const name of ['clear-site-data', 'strict-transport-security', 'alt-svc', 'x-secret'])
    expect(headers[name], name).toBeUndefined();
  expect(headers['x-mine']).toBe('2');
  // The address is the key: links to elsewhere do not tell it.
  expect(headers['referrer-policy']).toBe('same-origin');
});

test('a program that refuses frames gets a page that says so, in a frame only', async () => {
  let refusal: Record<string, string> = {};
  await using look = await Look.at((_request, response) => {
    response.writeHead(200, refusal);
    response.end('alone');
  });
  const framed = () => look.get('/x', { 'sec-fetch-dest': 'iframe' });
  for (refusal of [
    { 'X-Frame-Options': 'SAMEORIGIN' },
    { 'Content-Security-Policy': "default-src 'self'; frame-ancestors 'self'" },
  ]) {
    const { text, headers } = await framed();
    expect(headers['x-drydock-preview']).toBe('frame');
    expect(text).toContain('href="/x" target="_blank" rel="noopener noreferrer"');
    expect((await look.get('/x', { 'sec-fetch-dest': 'document' })).text).toBe('alone');
  }
  for (refusal of [{}, { 'X-Frame-Options': 'DENY', 'Content-Security-Policy': `frame-ancestors ${ORIGIN}` }])
    expect((await framed()).text).toBe('alone');
});

test('on the app’s own origin a program has no origin: no cookies either way, no storage, a sandbox that it cannot leave', async () => {
  let seen: IncomingMessage['headers'] = {};
  await using look = await Look.at(
    (request, response) => {
      seen = request.headers;
      response.writeHead(200, {
        'Content-Type': 'text/html',
        'Content-Security-Policy': "default-src 'self'",
        'Set-Cookie': 'drydock.session_token=evil',
        'Service-Worker-Allowed': '/',
        'Clear-Site-Data': '"*"',
      });
      response.end('<p>inside');
    },
    { previewHost: null },
  );
  const { text, headers, answer } = await look.get(`${look.base}/a`, {
    cookie: 'drydock.session_token=secret; x=1',
  });
  expect(text).toBe('<p>inside');
  expect(seen).toMatchObject({ host: `localhost:${look.port}`, 'x-forwarded-prefix': look.base });
  expect(seen.cookie).toBeUndefined();
  const policies = answer.rawHeaders.filter(
    (_, at, all) => at % 2 === 1 && /content-security-policy/i.test(all[at - 1]!),
  );
  expect(policies[0]).toBe("default-src 'self'");
  expect(policies[1]).toMatch(/^sandbox allow-scripts [^;]*; frame-ancestors 'self'$/);
  expect(policies[1]).not.toMatch(/allow-same-origin|allow-top-navigation/);
  for (const name of ['set-cookie', 'service-worker-allowed', 'clear-site-data', 'x-frame-options'])
    expect(headers[name], name).toBeUndefined();
  expect(headers['access-control-allow-origin']).toBe('*');
});

test('on a path, the address without its slash is sent to the one with it', async () => {
  await using look = await Look.at(hello, { previewHost: null });
  const { status, headers } = await look.get(`${look.base}?a=b`);
  expect([status, headers.location]).toEqual([308, `${look.base}/?a=b`]);
  expect((await look.get('/preview/x/node1/80/')).status).toBe(404);
});
