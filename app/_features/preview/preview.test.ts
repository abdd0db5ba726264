import { expect, test } from 'vitest';
import { addressOf, isIsolated, pathOf, tabsOf } from './preview.ts';

const port = (machine: string, number: number) => ({ machine, port: number, container: 'web' });

test('a port opens at an address of its own, or below the app’s', () => {
  const named = { address: 'http://{port}-{machine}-key.localhost:3000', ports: [] };
  const pathed = { address: '/preview/key/{machine}/{port}', ports: [] };
  const place = { machine: 'node2', port: 8080 };
  expect([addressOf(named, place), isIsolated(named)]).toEqual([
    'http://8080-node2-key.localhost:3000',
    true,
  ]);
  expect([addressOf(pathed, place), isIsolated(pathed)]).toEqual(['/preview/key/node2/8080', false]);
});

test('there is a tab for what is published and for what is open, once, in order', () => {
  const open = [
    { machine: 'node1', port: 8080, path: '/' },
    { machine: 'node1', port: 81, path: '/x' },
  ];
  const tabs = tabsOf([port('node2', 80), port('node1', 8080)], open);
  expect(tabs).toEqual([
    { machine: 'node1', port: 81 },
    { machine: 'node1', port: 8080 },
    { machine: 'node2', port: 80 },
  ]);
});

test('what is typed into the address line leads to a path of that port and nowhere else', () => {
  expect(pathOf('docs')).toBe('/docs');
  expect(pathOf(' /a?b#c ')).toBe('/a?b#c');
  expect(pathOf('')).toBe('/');
  expect(pathOf('http://localhost:8080/x?y')).toBe('/x?y');
  expect(pathOf('//evil.test/x')).toBe('/evil.test/x');
  expect(pathOf('/\\evil.test')).toBe('/evil.test');
  expect(pathOf('javascript:alert(1)')).toBe('/javascript:alert(1)');
});
