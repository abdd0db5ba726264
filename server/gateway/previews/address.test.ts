import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { Addresses } from './address.ts';

const SECRET = 's'.repeat(64);
const ORIGINS = ['http://localhost:3000', 'http://127.0.0.1:3000'];
const SANDBOX = 'abcdefg2';

const named = new Addresses({ secret: SECRET, previewHost: 'localhost:3000', origins: ORIGINS });
const pathed = new Addresses({ secret: SECRET, previewHost: null, origins: ORIGINS });
const key = named.keyOf(SANDBOX);

const request = (host: string | undefined, url = '/') =>
  ({ headers: { host }, url }) as unknown as IncomingMessage;

test('an address holds port, machine and key, and is read back', () => {
  const address = named.addressOf({ sandbox: SANDBOX, machine: 'node2', port: 8080 });
  expect(address).toBe(`http://8080-node2-${key}.localhost:3000`);
  const { host } = new URL(address);
  expect(named.read(request(host, '/a?b'))).toEqual({
    sandbox: SANDBOX,
    machine: 'node2',
    port: 8080,
    path: '/a?b',
  });
});

test('the whole label stays within what DNS allows', () => {
  expect(`65535-node9-${key}`.length).toBeLessThanOrEqual(63);
});

test('a key is unguessable, the same each time, and another for each sandbox and each server', () => {
  const other = new Addresses({ secret: 't'.repeat(64), previewHost: 'localhost:3000', origins: ORIGINS });
  expect(named.keyOf(SANDBOX)).toBe(key);
  expect(new Set([key, named.keyOf('abcdefg3'), other.keyOf(SANDBOX)]).size).toBe(3);
  // The id is no secret; what follows it is 26 letters of 32.
  expect(key.slice(8)).toMatch(/^[a-z2-7]{26}$/);
  expect(key.slice(8)).not.toBe(named.keyOf('abcdefg3').slice(8));
});

test('a key opens its own sandbox and nothing else', () => {
  expect(named.sandboxOf(key)).toBe(SANDBOX);
  const seal = key.slice(8);
  const flipped = (seal.startsWith('a') ? 'b' : 'a') + seal.slice(1);
  for (const wrong of [
    SANDBOX,
    `abcdefg3${seal}`,
    `${SANDBOX}${flipped}`,
    key.slice(0, -1),
    `${key}a`,
    key.toUpperCase(),
    '',
  ])
    expect(named.sandboxOf(wrong)).toBeNull();
});

test('hosts are read as browsers and proxies write them', () => {
  const label = `80-node1-${key}`;
  for (const host of [
    `${label}.localhost:3000`,
    `${label}.localhost`,
    `${label}.LOCALHOST:3000`,
    `${label}.localhost.`,
  ])
    expect(named.read(request(host))).toMatchObject({ port: 80, machine: 'node1' });
});

test('the app’s own hosts, and hosts of nobody, are the app’s', () => {
  for (const host of ['localhost:3000', '127.0.0.1:3000', 'learn.example.org', 'notlocalhost', '', undefined])
    expect(named.read(request(host))).toBeNull();
  const shared = new Addresses({
    secret: SECRET,
    previewHost: 'example.org',
    origins: ['https://learn.example.org'],
  });
  expect(shared.read(request('learn.example.org'))).toBeNull();
  expect(shared.read(request('evil.example.org'))).toBe('unknown');
  expect(shared.addressOf({ sandbox: SANDBOX, machine: 'node1', port: 80 })).toMatch(
    /^https:\/\/80-node1-\w+\.example\.org$/,
  );
});

test('what is under the previews’ name and no address of ours is never the app', () => {
  const wrong = [
    'localhost',
    `0-node1-${key}`,
    `65536-node1-${key}`,
    `080-node1-${key}`,
    `80-node10-${key}`,
    `80-../x-${key}`,
    `80-node1-${SANDBOX}`,
    `80-node1`,
    `x.80-node1-${key}`,
    `80-node1-${key}x`,
  ];
  for (const label of wrong) expect(named.read(request(`${label}.localhost:3000`)), label).toBe('unknown');
  const host = `80-node1-${key}.localhost:3000`;
  expect(named.read(request(host, 'http://elsewhere/'))).toBe('unknown');
  expect(named.read(request(host, '*'))).toBe('unknown');
});

test('where names cannot be had, a path of the app’s own origin leads there', () => {
  const base = pathed.addressOf({ sandbox: SANDBOX, machine: 'node1', port: 8080 });
  expect(base).toBe(`/preview/${key}/node1/8080`);
  const path = (url: string) => pathed.read(request('learn.example.org', url));
  expect(path(`${base}/a/b?c`)).toEqual({ sandbox: SANDBOX, machine: 'node1', port: 8080, path: '/a/b?c' });
  expect(path(base)).toMatchObject({ path: '/' });
  expect(path(`${base}?x`)).toMatchObject({ path: '/?x' });
  expect(path('/preview/')).toBe('unknown');
  expect(path(`/preview/${key}/node1`)).toBe('unknown');
  expect(path(`/preview/${key}/node1/80x/`)).toBe('unknown');
  for (const apps of ['/', '/en', '/preview', '/previews', '/api/me', `/en/preview/${key}/node1/80/`])
    expect(path(apps)).toBeNull();
  // Names mean nothing then.
  expect(pathed.read(request(`80-node1-${key}.localhost:3000`))).toBeNull();
});

test('pages of the app may frame previews and nothing else', () => {
  expect(named.frameSource).toBe('http://*.localhost:3000');
  expect(pathed.frameSource).toBe("'self'");
});
