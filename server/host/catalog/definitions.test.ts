import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFINITIONS, definitionOf } from './definitions.ts';
import { parseDockerfile } from './dockerfile.ts';
import { basesOf } from './image-build.ts';

const FILES = join(import.meta.dirname, 'files');
const repositories = DEFINITIONS.map(({ repository }) => repository);

test.each([...new Set(repositories)])('%s has tags, latest among them, and none twice', (repository) => {
  const images = DEFINITIONS.filter((definition) => definition.repository === repository);
  const made = images.flatMap(({ tags }) => tags('1.2.3'));
  expect(made).toContain('latest');
  expect(new Set(made).size).toBe(made.length);
});

test('a FROM finds its image by tag where a repository holds several', () => {
  expect(definitionOf('drydock/base:1.0').folder).toBe('drydock/base-1');
  expect(definitionOf('drydock/base').folder).toBe('drydock/base-2');
  expect(definitionOf('debian:trixie').repository).toBe('library/debian');
  expect(() => definitionOf('drydock/base:3')).toThrow('the catalog has no drydock/base:3 to stand on');
});

test.each(DEFINITIONS)(
  '$folder has a Dockerfile that stands on images of the catalog',
  async ({ folder }) => {
    const source = await readFile(join(FILES, folder, 'Dockerfile'), 'utf8');
    const stages = parseDockerfile(source, { VERSION: '1.2.3' });
    expect(basesOf(stages).map(definitionOf)).not.toContain(undefined);
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
  'postgres/docker-entrypoint.sh',
  'drydock/base-1/rootfs/usr/local/bin/serve',
  'drydock/base-1/rootfs/usr/local/bin/version',
  'drydock/api-1/rootfs/srv/www/cgi-bin/index.cgi',
  'drydock/api-2/rootfs/srv/www/cgi-bin/index.cgi',
  'drydock/web-2/rootfs/srv/www/cgi-bin/index.cgi',
  'debian/overlay/usr/sbin/policy-rc.d',
  'build/in-layer.sh',
  'build/tidy.sh',
])('%s can be executed', async (path) => {
  expect((await stat(join(FILES, path))).mode & 0o111).toBe(0o111);
});
