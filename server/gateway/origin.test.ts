import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress, isFromThisHost, isOurOrigin } from './origin.ts';

const request = (peer: string, headers: Record<string, string> = {}) =>
  ({ headers, socket: { remoteAddress: peer } }) as unknown as IncomingMessage;
const HTTP = ['http://localhost:3000'];
const TLS = ['https://learn.example.org'];

test('the address is that of the peer, whatever the headers say', () => {
  const forged = { 'x-forwarded-for': '6.6.6.6', 'x-real-ip': '6.6.6.6' };
  expect(clientAddress(request('10.0.0.9', forged), TLS)).toBe('10.0.0.9');
  expect(clientAddress(request('127.0.0.1', forged), HTTP)).toBe('127.0.0.1');
});

test('a proxy on this host that ends TLS is believed, but only its own word', () => {
  const through = { 'x-forwarded-for': '6.6.6.6, 10.0.0.9' };
  expect(clientAddress(request('127.0.0.1', through), TLS)).toBe('10.0.0.9');
  expect(clientAddress(request('::1'), TLS)).toBe('::1');
});

test('a proxied request does not come from this host', () => {
  expect(isFromThisHost(request('::ffff:127.0.0.1'))).toBe(true);
  expect(isFromThisHost(request('127.0.0.1', { 'x-forwarded-for': '10.0.0.9' }))).toBe(false);
  expect(isFromThisHost(request('10.0.0.9'))).toBe(false);
});

test('an origin is ours when it is the very same', () => {
  const ours = (origin?: string) => isOurOrigin(request('::1', origin === undefined ? {} : { origin }), TLS);
  expect(ours('https://learn.example.org')).toBe(true);
  for (const other of [
    'http://learn.example.org',
    'https://learn.example.org:8443',
    'https://8080-node1-key.learn.example.org',
    'https://example.org',
    'null',
    '',
    undefined,
  ])
    expect(ours(other)).toBe(false);
});
