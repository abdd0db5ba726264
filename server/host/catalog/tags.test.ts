import { expect, test } from 'vitest';
import { repositoryOf, tagOf, upstreamVersion, versionTags } from './tags.ts';

test.each([
  ['5:8.0.2-3+deb13u3', '8.0.2'],
  ['2.8.3+ds1-2+b8', '2.8.3'],
  ['1:1.37.0-6+b9', '1.37.0'],
  ['1.26.3-3+deb13u10', '1.26.3'],
  ['2.4.71-1~deb13u1', '2.4.71'],
  ['3.1~dfsg-1', '3.1'],
])('Debian calls %s what upstream calls %s', (debian, upstream) => {
  expect(upstreamVersion(debian)).toBe(upstream);
});

test('tags go from the most exact version to latest', () => {
  expect(versionTags('1.26.3')).toEqual(['1.26.3', '1.26', '1', 'latest']);
});

test.each([
  ['nginx', 'library/nginx'],
  ['nginx:1.26', 'library/nginx'],
  ['nginx@sha256:00', 'library/nginx'],
  ['docker/getting-started:latest', 'docker/getting-started'],
])('%s is looked for in %s', (reference, repository) => {
  expect(repositoryOf(reference)).toBe(repository);
});

test.each([
  ['nginx', 'latest'],
  ['nginx:1.26', '1.26'],
  ['depot:5000/nginx', 'latest'],
  ['depot:5000/nginx:1@sha256:00', '1'],
])('%s means the tag %s', (reference, tag) => {
  expect(tagOf(reference)).toBe(tag);
});
