import { afterEach, beforeEach, expect, test } from 'vitest';
import { holds } from './held-images.ts';
import { CATALOG } from './testing/catalog.ts';
import { openTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server[Symbol.asyncDispose]());

test('the catalog is told by repository, in the language asked for', async () => {
  const learner = await server.guest();
  const { json } = await learner.get('/api/catalog?locale=zh');
  expect(json).toEqual([
    { repository: 'debian', tags: ['13', 'latest'], description: '最小的 Debian', sizeBytes: 30_000_000 },
    { repository: 'nginx', tags: ['1.26', 'latest'], description: 'Web 服务器', sizeBytes: 38_000_000 },
    { repository: 'drydock/web', tags: ['1.0', '2.0', 'latest'], description: '网页', sizeBytes: 1_100_000 },
  ]);
});

test('the nearest to a wanted image comes first', async () => {
  const learner = await server.guest();
  const first = async (near: string) =>
    ((await learner.get(`/api/catalog?near=${near}`)).json as { repository: string }[])[0]!.repository;
  expect(await first('ngnix')).toBe('nginx');
  expect(await first('bitnami/nginx:1')).toBe('nginx');
  expect(await first('ubuntu')).toBe('debian');
  expect((await learner.get('/api/catalog?near=../x')).status).toBe(400);
});

test.each([
  ['nginx', true],
  ['docker.io/library/nginx:1.26', true],
  ['nginx:9', false],
  ['nginx@sha256:00', true],
  ['drydock/web:1.0', true],
  ['drydock/web:3', false],
  ['web', false],
])('%s is held: %s', (reference, isHeld) => {
  expect(holds(CATALOG, reference)).toBe(isHeld);
});
