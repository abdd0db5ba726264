import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { catalogDigest, readIndex, writeIndex, type CatalogImage } from './catalog-index.ts';

let place: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'catalog-index-'));
});
afterEach(() => rm(place, { recursive: true }));

const NGINX: CatalogImage = {
  repository: 'library/nginx',
  tags: ['1', 'latest'],
  description: { en: 'A web server', zh: 'Web 服务器' },
  digest: 'sha256:aa',
  compressedBytes: 1,
};
const REDIS = { ...NGINX, repository: 'library/redis', digest: 'sha256:bb' };

test('what was written is read again, and where nothing is there is null', async () => {
  expect(await readIndex(place)).toBeNull();
  const index = await writeIndex(place, [NGINX, REDIS]);
  expect(await readIndex(place)).toEqual(index);
});

test('the digest changes with a tag or an image, and not with the order of things', () => {
  const digest = catalogDigest([NGINX, REDIS]);
  expect(catalogDigest([REDIS, { ...NGINX, tags: ['latest', '1'] }])).toBe(digest);
  expect(catalogDigest([{ ...NGINX, tags: ['latest'] }, REDIS])).not.toBe(digest);
  expect(catalogDigest([{ ...NGINX, digest: 'sha256:cc' }, REDIS])).not.toBe(digest);
});
