import { expect, test } from 'vitest';
import { Addresses } from './address.ts';
import { movedTo } from './location.ts';

const origins = ['http://localhost:3000'];
const secret = 's'.repeat(64);
const asked = { sandbox: 'abcdefg2', machine: 'node1', port: 8080, path: '/' };

test('at an origin of its own, a redirect leads where the program meant', () => {
  const addresses = new Addresses({ secret, previewHost: 'localhost:3000', origins });
  const { host, hostname } = new URL(addresses.addressOf(asked));
  const to = (location: string) => movedTo(location, asked, { addresses, host });
  expect(to('/login?next=/')).toBe('/login?next=/');
  expect(to('next')).toBe('next');
  // What programs make of the Host that they saw: httpd with its port, nginx with the one that it listens on.
  expect(to(`http://${host}/docs/`)).toBe('/docs/');
  expect(to(`http://${hostname}/docs/#a`)).toBe('/docs/#a');
  expect(to(`http://${hostname}:80/docs/`)).toBe('/docs/');
  expect(to(`//${host}/docs/`)).toBe('/docs/');
  // What was typed into the program by hand.
  expect(to('http://localhost:8080/x?y')).toBe('/x?y');
  expect(to('http://127.0.0.1:9000/x')).toBe(`${addresses.addressOf({ ...asked, port: 9000 })}/x`);
  expect(to('http://node1/x')).toBe(`${addresses.addressOf({ ...asked, port: 80 })}/x`);
  // Nothing of ours.
  for (const elsewhere of ['https://example.org/', 'https://localhost/', 'mailto:a@b', 'http://['])
    expect(to(elsewhere)).toBe(elsewhere);
});

test('on a path, what the program calls its root is below that path', () => {
  const addresses = new Addresses({ secret, previewHost: null, origins });
  const base = addresses.addressOf(asked);
  const to = (location: string) => movedTo(location, asked, { addresses, host: 'learn.example.org' });
  expect(to('/login')).toBe(`${base}/login`);
  expect(to('http://localhost:8080/login')).toBe(`${base}/login`);
  expect(to('login')).toBe('login');
  expect(to('https://example.org/')).toBe('https://example.org/');
});
