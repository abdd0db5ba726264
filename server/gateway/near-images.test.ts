import { expect, test } from 'vitest';
import { nearness } from './near-images.ts';

const HELD = [
  'debian',
  'hello-world',
  'busybox',
  'nginx',
  'httpd',
  'redis',
  'postgres',
  'python',
  'drydock/web',
];

test.each([
  ['nginx', 'nginx'],
  ['bitnami/nginx', 'nginx'],
  ['ngnix', 'nginx'],
  ['postgresql', 'postgres'],
  ['web', 'drydock/web'],
  ['ubuntu', 'debian'],
  ['mysql', 'postgres'],
  ['node', 'python'],
  ['someone/apache2', 'httpd'],
])('for %s the nearest is %s', (wanted, nearest) => {
  expect(HELD.toSorted((a, b) => nearness(wanted, a) - nearness(wanted, b))[0]).toBe(nearest);
});

test('what is like nothing leaves the order as it is', () => {
  expect(HELD.toSorted((a, b) => nearness('grafana', a) - nearness('grafana', b))).toEqual(HELD);
});
