/** An image passes by name, layers, ancestry and size. */
import { expect, test } from 'vitest';
import type { ImageExpectation } from '#server/lessons/expectation.ts';
import { image, sources } from '../testing/worlds.ts';
import { judgeImage } from './image.ts';

const debian = image({ tags: ['debian:13'], layers: ['sha256:a'] });
const nginx = image({
  tags: ['nginx:latest', 'nginx:1.26'],
  layers: ['sha256:a', 'sha256:b'],
  sizeBytes: 60 * 1024 ** 2,
  digests: [`nginx@sha256:${'d'.repeat(64)}`],
});
const judged = (expected: ImageExpectation) => judgeImage(expected, sources({ images: [debian, nginx] }));
const misses = (expected: ImageExpectation) =>
  judged(expected)
    .facts.filter(({ ok }) => !ok)
    .map(({ field, words }) => `${field}: ${words?.en}`);

test('no tag means latest, as for Docker itself', () => {
  expect(judged({ ref: 'nginx' }).passed).toBe(true);
  expect(judged({ ref: 'debian' })).toMatchObject({ passed: false, near: true });
  expect(misses({ ref: 'debian' })).toEqual(['present: you have debian:13, not debian:latest']);
});

test('an image that nobody asked for yet is no near miss', () => {
  expect(judged({ ref: 'redis' })).toMatchObject({ passed: false, near: false });
});

test('gone means gone', () => {
  expect(judged({ ref: 'redis', present: false }).passed).toBe(true);
  expect(misses({ ref: 'nginx', present: false })).toEqual(['present: nginx is still there']);
});

test('layers are counted, shared and stacked', () => {
  expect(
    judged({ ref: 'nginx', layers: 2, sharesLayersWith: 'debian:13', builtFrom: 'debian:13' }).passed,
  ).toBe(true);
  expect(misses({ ref: 'nginx', layers: { min: 3 } })).toEqual(['layers: it has 2']);
  expect(misses({ ref: 'debian:13', builtFrom: 'nginx' })).toEqual([
    'builtFrom: its first layers are not those of nginx',
  ]);
  expect(misses({ ref: 'nginx', sharesLayersWith: 'redis' })).toEqual([
    'sharesLayersWith: redis is not here',
  ]);
  expect(misses({ ref: 'nginx', builtFrom: 'nginx' })).toEqual(['builtFrom: it is nginx itself']);
});

test('digest and size are compared', () => {
  expect(judged({ ref: 'nginx', digest: `sha256:${'d'.repeat(64)}`, size: { max: '60m' } }).passed).toBe(
    true,
  );
  expect(misses({ ref: 'nginx', size: { max: '50m' } })).toEqual(['size: it has 63MB']);
  expect(judged({ ref: 'nginx', digest: `sha256:${'e'.repeat(64)}` }).passed).toBe(false);
});
