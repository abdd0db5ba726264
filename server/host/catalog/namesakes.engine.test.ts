/** What each image says of itself is what its namesake says: entry point, command, ports, volumes, stop signal. */
import { expect, test } from 'vitest';
import { useLearner } from '../testing/learner.ts';

const { type } = useLearner('catalogn', []);

test.each([
  ['hello-world', { Cmd: ['/hello'] }],
  ['busybox', { Cmd: ['sh'] }],
  ['debian', { Cmd: ['bash'] }],
  [
    'nginx',
    {
      Entrypoint: ['/docker-entrypoint.sh'],
      Cmd: ['nginx', '-g', 'daemon off;'],
      ExposedPorts: { '80/tcp': {} },
      StopSignal: 'SIGQUIT',
    },
  ],
  [
    'httpd',
    {
      Cmd: ['httpd-foreground'],
      WorkingDir: '/usr/local/apache2',
      ExposedPorts: { '80/tcp': {} },
      StopSignal: 'SIGWINCH',
    },
  ],
  [
    'redis',
    {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['redis-server'],
      WorkingDir: '/data',
      Volumes: { '/data': {} },
      ExposedPorts: { '6379/tcp': {} },
    },
  ],
  [
    'registry:2',
    {
      Entrypoint: ['/entrypoint.sh'],
      Cmd: ['/etc/docker/registry/config.yml'],
      Volumes: { '/var/lib/registry': {} },
      ExposedPorts: { '5000/tcp': {} },
    },
  ],
  [
    'postgres',
    {
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['postgres'],
      Env: expect.arrayContaining(['PG_MAJOR=17', 'PGDATA=/var/lib/postgresql/data']),
      Volumes: { '/var/lib/postgresql/data': {} },
      ExposedPorts: { '5432/tcp': {} },
      StopSignal: 'SIGINT',
    },
  ],
  [
    'python',
    { Cmd: ['python3'], Env: expect.arrayContaining([expect.stringMatching(/^PYTHON_VERSION=3\.13\./)]) },
  ],
  ['traefik/whoami', { Entrypoint: ['/whoami'], ExposedPorts: { '80/tcp': {} } }],
  ['docker/getting-started', { ExposedPorts: { '80/tcp': {} }, Cmd: ['nginx', '-g', 'daemon off;'] }],
])('%s is described as its namesake is', async (image, config) => {
  await type(`docker pull --quiet ${image}`);
  expect(JSON.parse(await type(`docker image inspect --format '{{json .Config}}' ${image}`))).toMatchObject(
    config,
  );
});
