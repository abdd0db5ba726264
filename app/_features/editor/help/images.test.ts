import { expect, test } from 'vitest';
import { catalogOf, isHeld, wantedOf } from './images.ts';

const NGINX = { repository: 'nginx', tags: ['1.22', 'latest'], description: 'A web server', sizeBytes: 1 };

test.each([
  ['nginx', { repository: 'nginx', tag: 'latest' }],
  ['nginx:1.22', { repository: 'nginx', tag: '1.22' }],
  ['docker.io/library/nginx', { repository: 'nginx', tag: 'latest' }],
  ['drydock/web', { repository: 'drydock/web', tag: 'latest' }],
  ['localhost:5000/mine', null],
  ['ghcr.io/some/thing', null],
  ['nginx@sha256:0123', null],
  ['Not An Image', null],
])('of %s the catalog is asked for %o', (name, wanted) => {
  expect(wantedOf(name)).toEqual(wanted);
});

test('an image is held with its tag', () => {
  expect(isHeld({ repository: 'nginx', tag: '1.22' }, [NGINX])).toBe(true);
  expect(isHeld({ repository: 'nginx', tag: '9' }, [NGINX])).toBe(false);
});

test('the server is asked once for each name, and again where it did not answer', async () => {
  const asked: (string | null)[] = [];
  let works = false;
  const catalog = catalogOf(async (near) => {
    asked.push(near);
    if (!works) throw new Error('offline');
    return [NGINX];
  });
  await expect(catalog.all()).rejects.toThrow('offline');
  works = true;
  expect(await catalog.all()).toEqual([NGINX]);
  await catalog.all();
  await catalog.near('alpine');
  await catalog.near('alpine');
  expect(asked).toEqual([null, null, 'alpine']);
});
