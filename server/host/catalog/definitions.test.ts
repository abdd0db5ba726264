import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFINITIONS } from './definitions.ts';
import { parseDockerfile } from './dockerfile.ts';
import { basesOf } from './image-build.ts';
import { repositoryOf } from './tags.ts';

const FILES = join(import.meta.dirname, 'files');
const repositories = DEFINITIONS.map(({ repository }) => repository);

test('no repository is defined twice', () => {
  expect(new Set(repositories).size).toBe(repositories.length);
});

test.each(DEFINITIONS)('$repository has tags, latest among them, and none twice', ({ tags }) => {
  const made = tags('1.2.3');
  expect(made).toContain('latest');
  expect(new Set(made).size).toBe(made.length);
});

test.each(DEFINITIONS)(
  '$repository has a Dockerfile that stands on images of the catalog',
  async ({ folder }) => {
    const source = await readFile(join(FILES, folder, 'Dockerfile'), 'utf8');
    const stages = parseDockerfile(source, { VERSION: '1.2.3' });
    expect(repositories).toEqual(expect.arrayContaining(basesOf(stages).map(repositoryOf)));
  },
);

test.each([
  'nginx/docker-entrypoint.sh',
  'nginx/docker-entrypoint.d/20-envsubst-on-templates.sh',
  'httpd/bin/httpd',
  'httpd/bin/apachectl',
  'httpd/bin/httpd-foreground',
  'redis/docker-entrypoint.sh',
  'registry/entrypoint.sh',
  'debian/overlay/usr/sbin/policy-rc.d',
  'build/in-layer.sh',
  'build/tidy.sh',
])('%s can be executed', async (path) => {
  expect((await stat(join(FILES, path))).mode & 0o111).toBe(0o111);
});
