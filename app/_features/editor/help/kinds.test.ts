import { expect, test } from 'vitest';
import { helpKindOf, isWholeProject } from './kinds.ts';

test.each([
  ['/root/Dockerfile', 'dockerfile'],
  ['/root/Dockerfile.dev', 'dockerfile'],
  ['/root/web.dockerfile', 'dockerfile'],
  ['/root/Containerfile', 'dockerfile'],
  ['/root/compose.yaml', 'compose'],
  ['/root/compose.yml', 'compose'],
  ['/root/docker-compose.yml', 'compose'],
  ['/root/compose.override.yaml', 'compose'],
  ['/root/Dockerfile.dockerignore', null],
  ['/root/Dockerfiles/notes', null],
  ['/root/decompose.yaml', null],
  ['/root/compose.txt', null],
  ['/root/other.yaml', null],
])('%s gets help of the kind %s', (path, kind) => {
  expect(helpKindOf(path)).toBe(kind);
});

test('a file that is laid over another is not held to what it names', () => {
  expect(isWholeProject('/root/compose.yaml')).toBe(true);
  expect(isWholeProject('/root/docker-compose.yml')).toBe(true);
  expect(isWholeProject('/root/compose.override.yaml')).toBe(false);
});
